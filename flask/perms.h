/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers of classes (SECCLASS_*), permissions (CLASS__PERM, masks) and initial
 * SIDs (SECINITSID_*): Xen's ABI, expanded from the policy's own source files
 * (policy/security_classes, access_vectors, initial_sids).
 */
#ifndef FLASK_PERMS_H
#define FLASK_PERMS_H

enum {
#define CLASS(name, NAME, number) SECCLASS_##NAME = (number),
#include "flask/classes.def"
};

enum {
#define PERM(class, CLASS, name, NAME, bit) CLASS##__##NAME = 1u << (bit),
#include "flask/perms.def"
};

enum {
#define INITIAL_SID(name, NAME, number) SECINITSID_##NAME = (number),
#include "flask/initial_sids.def"
};

#endif
