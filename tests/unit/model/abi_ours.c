/* SPDX-License-Identifier: BSD-2-Clause */
#include "hooks/abi/console.h"
#include "hooks/abi/domctl.h"
#include "hooks/abi/event_channel.h"
#include "hooks/abi/flask_op.h"
#include "hooks/abi/grant_table.h"
#include "hooks/abi/xen.h"
#include "tests/unit/model/abi.h"

const struct abi_fact abi_ours[] = {
#include "tests/unit/model/abi_facts.def"
};
const size_t abi_ours_count = sizeof(abi_ours) / sizeof(abi_ours[0]);
