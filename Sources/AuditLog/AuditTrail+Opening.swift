// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import SystemPackage

// Finding the end of the chain, whatever was left there. All of it needs the lock.

extension AuditTrail {
    /// The current file: as it is known, or opened anew where somebody else has written to it or replaced it.
    func openLog(_ state: inout State) throws -> OpenLog {
        if let log = state.log {
            var info = stat()
            if lstat(path, &info) == 0, info.st_ino == log.inode, Int64(info.st_size) == log.size { return log }
        }
        state.log = nil
        let head = files.readHead()
        let before = try files.closedNumbers().last
        var info = stat()
        // A head comes before everything else, so that a log without one has lost it.
        if head == nil, before == nil, lstat(path, &info) != 0 { try files.writeHead(.start) }
        let descriptor = try PrivateDescriptor(path, .file)
        let status = try descriptor.status()
        var log = OpenLog(descriptor: descriptor, inode: status.st_ino, size: Int64(status.st_size), last: .start)
        if log.size > 0 {
            try recover(&log)
        } else {
            guard let folder = state.folder, fsync(folder.raw) == 0 else { throw Errno(rawValue: errno) }
            if let before { try anchor(&log, to: files.closed(before)) }
        }
        try reportLoss(files.readHead(), &log)
        return log
    }

    /// Goes on after the last whole record; what follows it is kept, and named by a record of its own.
    private func recover(_ log: inout OpenLog) throws {
        let (last, rest) = try Self.end(of: log.descriptor, size: log.size, path)
        log.last = last
        guard !rest.isEmpty else { return }
        if rest.last != UInt8(ascii: "\n") {
            guard Glibc.write(log.descriptor.raw, "\n", 1) == 1 else { throw Errno(rawValue: errno) }
            log.size += 1
        }
        let digest = Hexadecimal.encode(try SHA256.digest(rest))
        _ = try write(["kind": "recovered", "bytes": JSONValue(rest.count), "sha256": .string(digest)], to: &log)
    }

    /// The last whole record of a file and the bytes after it.
    static func end(
        of descriptor: PrivateDescriptor,
        size: Int64,
        _ path: String
    ) throws -> (AuditPosition, rest: [UInt8]) {
        let tail = try descriptor.read(4 * longestRecord, at: max(0, size - Int64(4 * longestRecord)))
        var end = tail.count
        while let feed = tail[..<end].lastIndex(of: UInt8(ascii: "\n")) {
            let start = (tail[..<feed].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            if let record = try AuditRecord(line: tail[start..<feed]) {
                return (record.position, Array(tail[(feed + 1)...]))
            }
            end = feed
        }
        // What is less than a record long is the first one, half written.
        if tail.count == Int(size), !tail.contains(UInt8(ascii: "\n")) { return (.start, tail) }
        throw MegaraptorError(
            .failedPrecondition,
            "\(path) does not end in anything that an audit log holds.",
            hint: "Look at it with megaraptor-mcp audit verify, and move it away."
        )
    }

    /// The first record of a file that continues another one.
    private func anchor(_ log: inout OpenLog, to former: String) throws {
        let descriptor = try PrivateDescriptor(former, .existingFile)
        log.last = try Self.end(of: descriptor, size: Int64(descriptor.status().st_size), former).0
        _ = try write(
            [
                "kind": "anchor", "file": .string(FilePath(former).lastComponent?.string ?? former),
                "last": log.last.json,
            ],
            to: &log
        )
    }

    /// Records that were on the disk and are there no more stay missed for ever.
    private func reportLoss(_ head: AuditPosition?, _ log: inout OpenLog) throws {
        let isWhole = head.map { $0.seq < log.last.seq || $0 == log.last } ?? false
        guard !isWhole else { return }
        _ = try write(["kind": "gap", "missing": head?.json ?? "head"], to: &log)
        guard fdatasync(log.descriptor.raw) == 0 else { throw Errno(rawValue: errno) }
        try files.writeHead(log.last)
    }
}
