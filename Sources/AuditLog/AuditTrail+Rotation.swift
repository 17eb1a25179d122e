// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
internal import SystemPackage

// Needs the lock.

extension AuditTrail {
    /// Closes the current file, begins a new one and deletes what is beyond the number to keep.
    func rotate(_ log: OpenLog, _ state: inout State) throws -> OpenLog {
        guard fdatasync(log.descriptor.raw) == 0 else { throw Errno(rawValue: errno) }
        let closed = try files.closedNumbers()
        guard rename(path, files.closed((closed.last ?? 0) + 1)) == 0 else { throw Errno(rawValue: errno) }
        state.log = nil
        var new = try openLog(&state)
        for number in closed.prefix(max(0, closed.count + 1 - keep)) {
            try delete(files.closed(number), &new)
        }
        return new
    }

    /// Says so first: a file that is gone without a record was taken away.
    private func delete(_ file: String, _ log: inout OpenLog) throws {
        let descriptor = try PrivateDescriptor(file, .existingFile)
        let last = try Self.end(of: descriptor, size: Int64(descriptor.status().st_size), file).0
        let name = FilePath(file).lastComponent?.string ?? file
        _ = try write(["kind": "deleted", "file": .string(name), "last": last.json], to: &log)
        guard fdatasync(log.descriptor.raw) == 0, unlink(file) == 0 else { throw Errno(rawValue: errno) }
    }
}
