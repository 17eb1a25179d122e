// SPDX-License-Identifier: Apache-2.0
//
// Prints name, offset and size of every member of the contract's structs.

#include "megaraptor_plugin.h"

#include <stdio.h>

#define STRUCT(type) printf("%s size %zu\n", #type, sizeof(type))
#define MEMBER(type, member) \
    printf("%s.%s offset %zu size %zu\n", #type, #member, offsetof(type, member), sizeof(((type *)0)->member))

int main(void) {
    STRUCT(mr_borrowed);
    MEMBER(mr_borrowed, ptr);
    MEMBER(mr_borrowed, len);
    STRUCT(mr_owned);
    MEMBER(mr_owned, ptr);
    MEMBER(mr_owned, len);
    MEMBER(mr_owned, release);
    MEMBER(mr_owned, release_ctx);
    MEMBER(mr_host, struct_size);
    MEMBER(mr_host, abi_major);
    MEMBER(mr_host, abi_minor);
    MEMBER(mr_host, reserved);
    MEMBER(mr_host, ctx);
    MEMBER(mr_host, log);
    MEMBER(mr_host, progress);
    MEMBER(mr_host, is_cancelled);
    MEMBER(mr_host, complete);
    MEMBER(mr_host, emit);
    MEMBER(mr_host, request);
    MEMBER(mr_plugin, struct_size);
    MEMBER(mr_plugin, abi_major);
    MEMBER(mr_plugin, abi_minor);
    MEMBER(mr_plugin, min_host_minor);
    MEMBER(mr_plugin, magic);
    MEMBER(mr_plugin, runtime);
    MEMBER(mr_plugin, id);
    MEMBER(mr_plugin, version);
    MEMBER(mr_plugin, build_id);
    MEMBER(mr_plugin, state);
    MEMBER(mr_plugin, activate);
    MEMBER(mr_plugin, invoke);
    MEMBER(mr_plugin, cancel);
    MEMBER(mr_plugin, deactivate);
    printf("magic %llx abi %u.%u\n", (unsigned long long)MR_ABI_MAGIC, MR_ABI_MAJOR, MR_ABI_MINOR);
    return 0;
}
