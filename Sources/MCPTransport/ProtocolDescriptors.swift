// SPDX-License-Identifier: Apache-2.0

import Glibc
public import MegaraptorErrors

/// The two descriptors the protocol runs on, out of reach of everybody else in the process.
public struct ProtocolDescriptors: Sendable {
    public let input: Int32
    public let output: Int32

    /// Moves the protocol off descriptors 0 and 1: from now on standard input is empty and whatever prints to standard
    /// output lands on standard error.
    ///
    /// Call it once, before any plugin code runs and before any other thread exists.
    public static func claim() throws(MegaraptorError) -> ProtocolDescriptors {
        let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard input >= 0, output >= 0, nothing >= 0 else { throw failure(errno) }
        // A closed standard error would hand descriptor 2 to the next file that is opened.
        if fcntl(STDERR_FILENO, F_GETFD) < 0, dup2(nothing, STDERR_FILENO) < 0 { throw failure(errno) }
        guard dup2(nothing, STDIN_FILENO) >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { throw failure(errno) }
        // With standard error closed it is descriptor 2 itself, and has to stay.
        if nothing > STDERR_FILENO { close(nothing) }
        return ProtocolDescriptors(input: input, output: output)
    }

    private static func failure(_ number: Int32) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "Standard input and output cannot be used: \(String(cString: strerror(number))).",
            hint: "Start the server with both of them open, as an MCP client does."
        )
    }
}
