/* SPDX-License-Identifier: BSD-2-Clause */
/* The hook table of the Flask module. */
#ifndef FLASK_MODULE_OPS_H
#define FLASK_MODULE_OPS_H

#include "flask/flask.h"

extern const struct xsm_ops flask_ops;

#endif
