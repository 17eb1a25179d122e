// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import JSONValue
public import MegaraptorErrors
internal import Synchronization
internal import SystemPackage

/// An append-only log whose records are chained by their hashes. Several hosts may write one log at once.
///
/// Nothing is opened or made before the first record. Callable on any thread.
public final class AuditTrail: Sendable {
    public let path: String
    package let files: AuditFiles
    let rotateBytes: Int64
    let keep: Int
    let state = Mutex(State())

    package struct State {
        var folder: PrivateDescriptor?
        var log: OpenLog?
    }

    /// The current file as this writer knows it.
    struct OpenLog {
        let descriptor: PrivateDescriptor
        let inode: ino_t
        var size: Int64
        var last: AuditPosition
    }

    /// Longer than any record: so much of a file's end holds at least one.
    static let longestRecord = 32 << 10
    /// A lock is held for less than a disk needs to write; one that is held longer is held by a host that stands still.
    private static let lockPatience = 2000

    /// - Parameters:
    ///   - rotateBytes: how far a file grows before a new one is begun.
    ///   - keep: how many closed files stay.
    public init(path: String, rotateBytes: Int = 64 << 20, keep: Int = 10) {
        self.path = path
        files = AuditFiles(path)
        self.rotateBytes = Int64(rotateBytes)
        self.keep = keep
    }

    /// Appends one record. It outlives this process, but not the machine before ``sync(_:)``.
    /// - Returns: its place in the chain.
    @discardableResult
    public func append(_ fields: JSONObject) throws(MegaraptorError) -> AuditPosition {
        try locked { state in
            var log = try openLog(&state)
            if log.size >= rotateBytes { log = try rotate(log, &state) }
            defer { state.log = log }
            return try write(fields, to: &log)
        }
    }

    /// Waits until everything up to a record is on the disk, and notes that it is.
    public func sync(_ position: AuditPosition) throws(MegaraptorError) {
        do {
            let descriptor = state.withLock { $0.log?.descriptor }
            // A file that was closed meanwhile was synced by who closed it.
            if let descriptor, fdatasync(descriptor.raw) != 0 { throw Errno(rawValue: errno) }
        } catch {
            throw failure(error)
        }
        try locked { _ in
            if (files.readHead()?.seq ?? -1) < position.seq { try files.writeHead(position) }
        }
    }

    // MARK: - Parts

    /// Does something while no other writer does, in this process or another.
    package func locked<Value>(_ body: (inout State) throws -> Value) throws(MegaraptorError) -> Value {
        do {
            return try state.withLock { state in
                let folder = try state.folder ?? openFolder()
                state.folder = folder
                try Self.lock(folder)
                defer { flock(folder.raw, LOCK_UN) }
                return try body(&state)
            }
        } catch {
            throw failure(error)
        }
    }

    private func openFolder() throws -> PrivateDescriptor {
        try files.makeFolder()
        return try PrivateDescriptor(files.folder, .folder)
    }

    private static func lock(_ folder: PrivateDescriptor) throws {
        for _ in 0..<lockPatience {
            if flock(folder.raw, LOCK_EX | LOCK_NB) == 0 { return }
            guard errno == EWOULDBLOCK || errno == EINTR else { throw Errno(rawValue: errno) }
            usleep(1000)
        }
        throw MegaraptorError(
            .unavailable,
            "Another program holds the audit log's lock.",
            hint: "See who has the folder open: lsof or fuser on it.",
            retryable: true
        )
    }

    func write(_ fields: JSONObject, to log: inout OpenLog) throws -> AuditPosition {
        let (bytes, position) = try AuditRecord.line(fields, time: Self.now(), after: log.last)
        let written = bytes.withUnsafeBytes { Glibc.write(log.descriptor.raw, $0.baseAddress, $0.count) }
        guard written == bytes.count else {
            // The next writer finds the part that was written, if there is one, and says so.
            log.size = -1
            throw written < 0 ? Errno(rawValue: errno) : Errno.noSpace
        }
        log.size += Int64(written)
        log.last = position
        return position
    }

    private static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return ISO8601.string(unixMicroseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    func failure(_ error: any Error) -> MegaraptorError {
        if let error = error as? MegaraptorError { return error }
        return MegaraptorError(
            .failedPrecondition,
            "The audit log \(path) cannot be written.",
            hint: "Check the folder's space and permissions, or name another place in audit.file.",
            cause: "\(error)"
        )
    }
}
