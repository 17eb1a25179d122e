// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import SystemPackage

/// Small files that credentials lie in.
enum CredentialFile {
    private static let greatest = 1 << 20

    static func read(_ path: String) throws(MegaraptorError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                var bytes: [UInt8] = []
                while bytes.count < greatest {
                    let next = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                    }
                    if next.isEmpty { return bytes }
                    bytes += next
                }
                throw Errno.fileTooLarge
            }
        } catch {
            let code: MegaraptorError.Code = error as? Errno == .noSuchFileOrDirectory ? .notFound : .failedPrecondition
            throw MegaraptorError(code, "\(path) cannot be read: \(error).")
        }
    }
}
