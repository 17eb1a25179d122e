// libssh as Swift sees it.
// SPDX-License-Identifier: Apache-2.0
#ifndef MEGARAPTOR_CSSH_SHIM_H
#define MEGARAPTOR_CSSH_SHIM_H

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#endif
