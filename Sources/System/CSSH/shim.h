// libssh as Swift sees it.
// SPDX-License-Identifier: Apache-2.0
#ifndef MEGARAPTOR_CSSH_SHIM_H
#define MEGARAPTOR_CSSH_SHIM_H

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

// ssh_callbacks_init is a macro.
static inline void mr_channel_callbacks_init(struct ssh_channel_callbacks_struct *callbacks) {
    ssh_callbacks_init(callbacks);
}

#endif
