// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import Glibc
import JSONValue
import MegaraptorErrors

/// The server's program, as a file on this machine.
enum ServerProgram {
    /// No release is larger.
    private static let greatestSize = 512 << 20
    private static let elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    /// What a file is, by its own bytes.
    ///
    /// - Throws: `invalid_argument` for a path that is not absolute; `failed_precondition` for what is no program for
    ///   Linux, such as an error page that somebody saved under the name of one.
    static func examined(_ path: String, version: String?) throws(MegaraptorError) -> DeploymentSpecification.Binary {
        guard path.hasPrefix("/") else {
            throw MegaraptorError(.invalidArgument, "binary must be an absolute path, and \"\(path)\" is none.")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MegaraptorError(
                .notFound,
                "The server program \(path) cannot be opened: \(String(cString: strerror(errno))).",
                hint: "download_velociraptor stores one and tells its path."
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= greatestSize else {
            throw MegaraptorError(.failedPrecondition, "\(path) is no plain file of at most 512 MiB.")
        }
        let bytes = try contents(descriptor, path, size: Int(status.st_size))
        guard bytes.starts(with: elf) else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) is no program for Linux: it does not begin as one.",
                hint: "A page that a failed download left looks so. download_velociraptor checks what it stores."
            )
        }
        return DeploymentSpecification.Binary(
            path: path,
            sha256: Hexadecimal.encode(try SHA256.digest(bytes)),
            version: version ?? "0.77.2"
        )
    }

    private static func contents(_ descriptor: Int32, _ path: String, size: Int) throws(MegaraptorError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
            }
        }
        guard failure == 0, bytes.count == size else {
            throw MegaraptorError(.failedPrecondition, "\(path) cannot be read whole.")
        }
        return bytes
    }
}
