// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// Writes an archive in the format `ustar` of POSIX.1-1988, which `dpkg` reads. Everything in it is root's.
struct TarWriter: ~Copyable {
    private var output: GzipWriter
    private let time: Int64
    private static let block = 512

    /// - Parameter time: of every file in it, in seconds since 1970.
    init(_ output: consuming GzipWriter, time: Int64) {
        self.output = output
        self.time = time
    }

    mutating func add(folder path: String) throws(MegaraptorError) {
        try write(TarHeader(name: ".\(path)/", mode: 0o755, size: 0, time: time, kind: .folder))
    }

    mutating func add(_ file: PackagedFile) throws(MegaraptorError) {
        switch file.content {
        case .bytes(let bytes):
            try write(header(file, Int64(bytes.count)))
            try output.write(bytes)
            try pad(Int64(bytes.count))
        case .file(let path):
            let source = try SourceFile(path)
            try write(header(file, source.size))
            var count: Int64 = 0
            while case let chunk = try source.read(), !chunk.isEmpty {
                count += Int64(chunk.count)
                try output.write(chunk)
            }
            // What is written cannot be put right any more: the header came first.
            guard count == source.size else {
                throw MegaraptorError(.conflict, "\(path) changed while it was packed.", hint: "Try again.")
            }
            try pad(count)
        }
    }

    consuming func finish() throws(MegaraptorError) {
        try output.write([UInt8](repeating: 0, count: 2 * Self.block))
        try output.finish()
    }

    private func header(_ file: PackagedFile, _ size: Int64) -> TarHeader {
        TarHeader(name: ".\(file.path)", mode: file.mode, size: size, time: time, kind: .file)
    }

    private mutating func write(_ header: TarHeader) throws(MegaraptorError) { try output.write(try header.bytes()) }

    private mutating func pad(_ size: Int64) throws(MegaraptorError) {
        let rest = Int(size % Int64(Self.block))
        if rest > 0 { try output.write([UInt8](repeating: 0, count: Self.block - rest)) }
    }
}
