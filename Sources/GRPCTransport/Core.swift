// SPDX-License-Identifier: Apache-2.0

import CGRPC
import Glibc

/// The C core as a whole.
enum Core {
    /// Started at first use, once, and never shut down.
    ///
    /// A channel ends on threads of the core's own, some time after it was let go. Shutting the core down when the last
    /// channel has gone, and starting it for the next, races with those ends: timers and closures of new calls were
    /// lost that way. What stays behind without channels are a few sleeping threads.
    static let start: Void = {
        silenceLog()
        grpc_init()
    }()

    /// The core's lines repeat what the status of a call says, and they would go to the standard error stream of a
    /// program that may not be ours. They are kept off it unless whoever runs the program asks for them with the
    /// core's own variables, `GRPC_VERBOSITY` or `GRPC_TRACE`.
    private static func silenceLog() {
        guard getenv("GRPC_VERBOSITY") == nil, getenv("GRPC_TRACE") == nil else { return }
        gpr_set_log_function { _ in }
    }
}
