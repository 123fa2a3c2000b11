# SPDX-License-Identifier: BSD-2-Clause
# The sample policy and its variants, by m4 and checkpolicy.
policies:
