dnl SPDX-License-Identifier: BSD-2-Clause
dnl Types m0_t to m255_t, for labels of objects that a test makes one after the other.
define(`MAKE_TYPES', `ifelse(`$1', `256', , `type m$1_t;
MAKE_TYPES(incr(`$1'))')')dnl
MAKE_TYPES(0)
