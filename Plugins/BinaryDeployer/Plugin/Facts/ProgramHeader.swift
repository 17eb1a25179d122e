// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// What the first bytes of a Linux program tell about where it runs.
struct ProgramHeader: Sendable, Hashable {
    /// As `uname -m` has it; `nil` for one that is not known here.
    let architecture: String?

    /// - Throws: `failed_precondition` for what is no program for Linux.
    init(_ path: String) throws(MegaraptorError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MegaraptorError(.notFound, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = read(descriptor, &bytes, 20)
        guard count == 20, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]), bytes[5] == 1 else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) is no program for Linux.",
                hint: "Take the release for linux-amd64 or linux-arm64, and not what it is packed in."
            )
        }
        architecture =
            switch UInt16(bytes[18]) | UInt16(bytes[19]) << 8 {
            case 62: "x86_64"
            case 183: "aarch64"
            case 3: "i686"
            case 40: "armv7l"
            default: nil
            }
    }
}
