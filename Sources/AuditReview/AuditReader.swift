// SPDX-License-Identifier: Apache-2.0

public import AuditLog
internal import Glibc
public import MegaraptorErrors
internal import SystemPackage

/// A log as it stood at one moment, while others go on writing to it.
public struct AuditReader {
    /// A line that was read, and where.
    public struct Line {
        /// The file's name without its folder.
        public var file: String
        /// From 1 on.
        public var number: Int
        /// `nil` for what is no record, or none any more.
        public var record: AuditRecord?
        var bytes: ArraySlice<UInt8>
        var isEnded: Bool
    }

    private struct Part {
        var name: String
        var descriptor: PrivateDescriptor
        var size: Int64
    }

    private let parts: [Part]
    let head: AuditPosition?
    public var fileCount: Int { parts.count }

    /// Holds the log's lock no longer than it takes to open its files.
    /// - Throws: `not_found` where nothing was ever recorded.
    public init(_ trail: AuditTrail) throws(MegaraptorError) {
        let files = trail.files
        guard access(files.folder, F_OK) == 0 else { throw Self.nothing(trail.path) }
        let opened = try trail.locked { _ in
            let paths =
                try files.closedNumbers().map(files.closed) + (access(files.current, F_OK) == 0 ? [files.current] : [])
            let parts = try paths.map { path in
                let descriptor = try PrivateDescriptor(path, .existingFile)
                let name = FilePath(path).lastComponent?.string ?? path
                return Part(name: name, descriptor: descriptor, size: Int64(try descriptor.status().st_size))
            }
            return (parts: parts, head: files.readHead())
        }
        if opened.parts.isEmpty, opened.head == nil { throw Self.nothing(trail.path) }
        (parts, head) = opened
    }

    private static func nothing(_ path: String) -> MegaraptorError {
        MegaraptorError(.notFound, "There is no audit log at \(path): no call was recorded there.")
    }

    private static let chunk = 1 << 20

    /// Hands over every line, oldest first.
    public func read(_ body: (Line) throws -> Void) throws {
        for part in parts {
            var number = 0
            var rest: [UInt8] = []
            var offset: Int64 = 0
            while offset < part.size {
                rest += try part.descriptor.read(min(Self.chunk, Int(part.size - offset)), at: offset)
                offset += Int64(Self.chunk)
                var start = 0
                while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                    number += 1
                    try body(Self.line(part.name, number, rest[start..<end], isEnded: true))
                    start = end + 1
                }
                rest.removeFirst(start)
            }
            if !rest.isEmpty { try body(Self.line(part.name, number + 1, rest[...], isEnded: false)) }
        }
    }

    private static func line(_ file: String, _ number: Int, _ bytes: ArraySlice<UInt8>, isEnded: Bool) throws -> Line {
        let record = isEnded ? try AuditRecord(line: bytes) : nil
        return Line(file: file, number: number, record: record, bytes: bytes, isEnded: isEnded)
    }
}
