// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Glibc

/// What the core prints by itself.
///
/// Its lines repeat what the status of a call says, and they would go to the standard error stream of a program
/// that may not be ours. They are kept off it unless whoever runs the program asks for them with the core's own
/// variables, `GRPC_VERBOSITY` or `GRPC_TRACE`.
enum CoreLog {
    static let install: Void = {
        guard getenv("GRPC_VERBOSITY") == nil, getenv("GRPC_TRACE") == nil else { return }
        gpr_set_log_function { _ in }
    }()
}
