// SPDX-License-Identifier: Apache-2.0
//
// Holds the layout that plugins were compiled against. A failure here means: members were moved, not added.

#include "megaraptor_plugin.h"

#define HOLDS(struct_name, member, offset) \
    _Static_assert(offsetof(struct_name, member) == (offset), #struct_name "." #member " moved")

_Static_assert(sizeof(void *) == 8, "the contract is defined for 64-bit machines");
_Static_assert(sizeof(mr_borrowed) == 16, "mr_borrowed changed");
_Static_assert(sizeof(mr_owned) == 32, "mr_owned changed");

HOLDS(mr_host, struct_size, 0);
HOLDS(mr_host, ctx, 16);
HOLDS(mr_host, log, 24);
HOLDS(mr_host, progress, 32);
HOLDS(mr_host, is_cancelled, 40);
HOLDS(mr_host, complete, 48);
HOLDS(mr_host, emit, 56);
HOLDS(mr_host, request, 64);

HOLDS(mr_plugin, struct_size, 0);
HOLDS(mr_plugin, magic, 16);
HOLDS(mr_plugin, runtime, 24);
HOLDS(mr_plugin, id, 32);
HOLDS(mr_plugin, version, 40);
HOLDS(mr_plugin, build_id, 48);
HOLDS(mr_plugin, state, 56);
HOLDS(mr_plugin, activate, 64);
HOLDS(mr_plugin, invoke, 72);
HOLDS(mr_plugin, cancel, 80);
HOLDS(mr_plugin, deactivate, 88);
