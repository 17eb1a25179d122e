// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
internal import Cryptography
internal import Glibc
internal import HTTPTransport
internal import JSONValue
internal import MegaraptorErrors

/// A file on its way into the store. It is nothing until it was checked and moved.
struct BinaryDraft: Sendable {
    let path: String
    private let sizes: ClosedRange<Int64>
    private let progress: BinaryStore.Progress

    /// How much is collected before it is written.
    private static let batchSize = 1 << 20
    /// A release is 70 MB; a slow line may take its time as long as something moves.
    private static let limits = HTTPTimeLimits(connect: .seconds(20), total: nil, idle: .seconds(60))
    /// The vendor's files lie behind two.
    private static let redirects = 5
    private static let nameStart = "incoming-"

    init(folder: String, sizes: ClosedRange<Int64>, progress: @escaping BinaryStore.Progress) {
        path = "\(folder)/\(Self.nameStart)\(Hexadecimal.encode(Cryptography.randomBytes(8)))"
        self.sizes = sizes
        self.progress = progress
    }

    func discard() { unlink(path) }

    /// Clears away what processes that were killed have left; what is younger than a day may still be growing.
    static func clearOld(in folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard name.hasPrefix(nameStart), lstat("\(folder)/\(name)", &status) == 0 else { continue }
            if status.st_mtim.tv_sec < time(nil) - 86_400 { unlink("\(folder)/\(name)") }
        }
    }

    // MARK: - Getting

    func download(_ url: String, _ client: HTTPClient) async throws(MegaraptorError) {
        let stream = try await client.open(HTTPRequest("GET", url, limits: Self.limits, redirects: Self.redirects))
        guard stream.head.status == 200 else { throw Self.refused(url, stream.head.status) }
        let whole = stream.head.headers["Content-Length"].flatMap { Int64($0) }
        if let whole, whole > sizes.upperBound { throw tooLarge(url) }
        let file = try create()
        defer { close(file) }
        var (done, batch): (Int64, [UInt8]) = (0, [])
        for try await chunk in stream.body {
            batch += chunk
            done += Int64(chunk.count)
            guard done <= sizes.upperBound else { throw tooLarge(url) }
            guard batch.count >= Self.batchSize else { continue }
            try await write(batch, to: file)
            batch.removeAll(keepingCapacity: true)
            progress(done, whole)
        }
        try await write(batch, to: file)
        try await finish(file)
        progress(done, whole ?? done)
    }

    func copy(_ source: String) async throws(MegaraptorError) {
        let file = try create()
        defer { close(file) }
        let (sizes, progress) = (sizes, progress)
        try await BlockingWork.run { () throws(MegaraptorError) in
            let from = Glibc.open(source, O_RDONLY | O_CLOEXEC)
            guard from >= 0 else {
                throw MegaraptorError(
                    errno == ENOENT ? .notFound : .failedPrecondition,
                    "\(source) cannot be opened: \(String(cString: strerror(errno)))."
                )
            }
            defer { close(from) }
            var status = stat()
            guard fstat(from, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw MegaraptorError(.failedPrecondition, "\(source) is not a plain file.")
            }
            guard status.st_size <= sizes.upperBound else { throw tooLarge(source) }
            var (done, chunk) = (Int64(0), [UInt8](repeating: 0, count: Self.batchSize))
            while case let count = read(from, &chunk, chunk.count), count != 0 {
                guard count > 0 else {
                    throw MegaraptorError(
                        .failedPrecondition,
                        "\(source) cannot be read: \(String(cString: strerror(errno)))."
                    )
                }
                try Self.writeAll(Array(chunk[..<count]), to: file)
                done += Int64(count)
                progress(done, Int64(status.st_size))
            }
        }
        try await finish(file)
    }

    // MARK: - The file

    /// Nobody but the owner reads or runs it.
    private func create() throws(MegaraptorError) -> Int32 {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o700)
        guard file >= 0 else { throw Self.cannotWrite() }
        return file
    }

    private func write(_ bytes: [UInt8], to file: Int32) async throws(MegaraptorError) {
        try await BlockingWork.run { () throws(MegaraptorError) in try Self.writeAll(bytes, to: file) }
    }

    private func finish(_ file: Int32) async throws(MegaraptorError) {
        try await BlockingWork.run { () throws(MegaraptorError) in
            guard fsync(file) == 0 else { throw Self.cannotWrite() }
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) throws(MegaraptorError) {
        var place = 0
        while place < bytes.count {
            let count = bytes[place...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw cannotWrite() }
            place += count
        }
    }

    // MARK: - Failures

    private static func refused(_ url: String, _ status: Int) -> MegaraptorError {
        let place = url.prefix { $0 != "?" && $0 != "#" }
        guard status != 404, status != 410 else {
            return MegaraptorError(
                .notFound,
                "There is no file at \(place) (HTTP \(status)). Nothing was kept.",
                hint: "Check the version and the platform, or give a mirror that has it."
            )
        }
        return MegaraptorError(
            status >= 500 ? .unavailable : .failedPrecondition,
            "\(place) answered with HTTP \(status) instead of the file. Nothing was kept.",
            retryable: status >= 500
        )
    }

    private func tooLarge(_ place: String) -> MegaraptorError {
        MegaraptorError(
            .resourceExhausted,
            "\(place.prefix { $0 != "?" && $0 != "#" }) is larger than \(sizes.upperBound) bytes. Nothing was kept."
        )
    }

    private static func cannotWrite() -> MegaraptorError {
        let isFull = errno == ENOSPC || errno == EDQUOT
        return MegaraptorError(
            isFull ? .resourceExhausted : .failedPrecondition,
            "The program cannot be written: \(String(cString: strerror(errno))). Nothing was kept.",
            hint: isFull ? "Make room on that disk." : ""
        )
    }
}
