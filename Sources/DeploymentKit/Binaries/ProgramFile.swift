// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import SystemPackage

/// What a file is, read from its own bytes.
struct ProgramFile {
    let size: Int64
    let sha256: String
    let image: ProgramImage?
    /// What it seems to be where it is no program.
    let guess: String

    /// Reads the whole file, which takes a while; `nil` where there is none.
    init?(_ path: String) throws(MegaraptorError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        var hash = try SHA256()
        var (size, head) = (Int64(0), [UInt8]())
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path) }
            if count == 0 { break }
            if head.count < ProgramImage.headSize { head += chunk[..<min(count, ProgramImage.headSize - head.count)] }
            chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            size += Int64(count)
        }
        self.size = size
        sha256 = Hexadecimal.encode(try hash.finish())
        image = ProgramImage(head: head)
        guess = image.map { "\($0)" } ?? ProgramImage.guess(head)
    }

    /// - Throws: `failed_precondition` where it is not what was asked for.
    func check(
        _ asset: ReleaseAsset,
        _ sum: String?,
        least: Int64,
        from place: BinarySource
    ) throws(MegaraptorError) {
        let wanted = asset.platform.image
        guard let image else {
            throw refused(
                place,
                "is \(guess), not \(wanted)",
                "Look at it: an error page has often come instead of a file."
            )
        }
        guard image == wanted else {
            throw refused(place, "is \(image), not \(wanted)", "Choose the file for that machine.")
        }
        guard size >= least else {
            throw refused(place, "has only \(size) bytes, so it is not whole", "Fetch it again.")
        }
        guard let sum, sum != sha256 else { return }
        throw refused(
            place,
            "has the SHA-256 \(sha256), and \(sum) was demanded",
            "It was changed on its way, or the sum is another file's. Do not use it before you know which."
        )
    }

    private func refused(_ place: BinarySource, _ what: String, _ hint: String) -> MegaraptorError {
        let name =
            switch place {
            case .file(let path): path
            case .url(let url), .releases(let url): String(url.prefix { $0 != "?" && $0 != "#" })
            }
        return MegaraptorError(.failedPrecondition, "\(name) \(what). Nothing was kept.", hint: hint)
    }

    static func remove(_ path: String) { unlink(path) }

    private static func failure(_ path: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
}
