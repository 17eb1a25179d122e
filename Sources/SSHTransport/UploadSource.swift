// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// What is uploaded.
public enum UploadSource: Sendable {
    case bytes([UInt8])
    /// An absolute path here. Read while it is sent.
    case file(String)
}

/// Reads an ``UploadSource`` piece by piece.
struct UploadReader: ~Copyable {
    let total: Int64
    private let descriptor: Int32
    private var rest: ArraySlice<UInt8>

    init(_ source: UploadSource) throws(MegaraptorError) {
        switch source {
        case .bytes(let bytes):
            descriptor = -1
            rest = bytes[...]
            total = Int64(bytes.count)
        case .file(let path):
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            rest = []
            var status = Glibc.stat()
            guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                let reason = descriptor < 0 ? String(cString: strerror(errno)) : "it is no file"
                if descriptor >= 0 { close(descriptor) }
                throw MegaraptorError(.notFound, "\(path) cannot be read: \(reason).")
            }
            total = Int64(status.st_size)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// - Returns: nothing at the end.
    mutating func next(_ count: Int) throws(MegaraptorError) -> ArraySlice<UInt8> {
        guard descriptor >= 0 else {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        let descriptor = descriptor
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = read(descriptor, buffer.baseAddress, count)
            if got < 0 { failure = errno }
            filled = max(0, got)
        }
        guard failure == 0 else {
            throw MegaraptorError(
                .internal,
                "The file to upload cannot be read: \(String(cString: strerror(failure)))."
            )
        }
        return piece[...]
    }
}
