// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest

/// Remembers which libraries crashed or hung when they were first opened, so that nobody runs into them again.
///
/// One file for each plugin. A record counts only while the library is the one that it speaks of.
public struct Quarantine: Sendable {
    public struct Record: Sendable, Hashable {
        /// What the library did.
        public let reason: String
        /// When, after ISO 8601.
        public let time: String
        public let path: String
        public let size: Int64
        public let modified: Int64
        public let sha256: String

        /// Whether it speaks of this library: the same path, and the same content however it came there.
        public func isAbout(_ library: LibraryIdentity) -> Bool {
            path == library.path && size == library.size && modified == library.modified && sha256 == library.sha256
        }

        /// Whether the file at the path looks like the one it speaks of. Reads nothing.
        public var seemsCurrent: Bool {
            guard let now = FileStatus(path, followsLinks: true) else { return false }
            return now.size == size && now.modified == modified
        }
    }

    private let folder: String

    /// - Parameter folder: is made when the first record is put into it.
    public init(folder: String) {
        self.folder = folder
    }

    /// Why a library must not be opened; `nil` where nothing is against it.
    public func record(of plugin: String, for library: LibraryIdentity) throws(MegaraptorError) -> Record? {
        guard let record = try record(of: plugin), record.isAbout(library) else { return nil }
        return record
    }

    /// The record of a plugin, whether or not its library has changed since.
    /// - Throws: where the record cannot be read: nobody knows then what it would say.
    public func record(of plugin: String) throws(MegaraptorError) -> Record? {
        let path = try file(of: plugin)
        guard PluginSearch.isFile(path) else { return nil }
        do {
            let json = try JSONValue(json: CheckedYAML.contents(of: path))
            if let record = Record(json) { return record }
        } catch {}
        throw MegaraptorError(
            .failedPrecondition,
            "The quarantine record \(path) is damaged.",
            hint: "megaraptor-mcp plugins release \(plugin) removes it."
        )
    }

    @discardableResult
    public func put(_ plugin: String, _ library: LibraryIdentity, reason: String) throws(MegaraptorError) -> Record {
        let record = Record(
            reason: reason,
            time: ISO8601.string(unixSeconds: Int64(time(nil))),
            path: library.path,
            size: library.size,
            modified: library.modified,
            sha256: library.sha256
        )
        let path = try file(of: plugin)
        do {
            try WholeFile.write(record.json.jsonBytes(), to: path)
        } catch {
            throw Self.failure("written", path, "\(error)")
        }
        return record
    }

    /// - Returns: whether there was a record.
    @discardableResult
    public func release(_ plugin: String) throws(MegaraptorError) -> Bool {
        let path = try file(of: plugin)
        guard unlink(path) != 0 else { return true }
        guard errno == ENOENT else { throw Self.failure("removed", path, String(cString: strerror(errno))) }
        return false
    }

    /// An id comes from a manifest or from a person; no id leaves the folder.
    private func file(of plugin: String) throws(MegaraptorError) -> String {
        guard !plugin.isEmpty, !plugin.hasPrefix("."), !plugin.utf8.contains(UInt8(ascii: "/")),
            !plugin.utf8.contains(0)
        else {
            throw MegaraptorError(.invalidArgument, "\"\(plugin)\" is no plugin's id.")
        }
        return "\(folder)/\(plugin).json"
    }

    private static func failure(_ what: String, _ path: String, _ cause: String) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "The quarantine record \(path) cannot be \(what).",
            hint: "Check the folder's space and permissions.",
            cause: cause
        )
    }
}

extension Quarantine.Record {
    fileprivate init?(_ json: JSONValue) {
        guard let reason = json["reason"]?.stringValue, let time = json["time"]?.stringValue,
            let path = json["path"]?.stringValue, let size = json["size"]?.integerValue,
            let modified = json["mtime"]?.integerValue, let sha256 = json["sha256"]?.stringValue
        else { return nil }
        self.init(reason: reason, time: time, path: path, size: size, modified: modified, sha256: sha256)
    }

    /// `mtime` is in nanoseconds since 1970.
    fileprivate var json: JSONValue {
        [
            "path": .string(path), "size": .integer(size), "mtime": .integer(modified), "sha256": .string(sha256),
            "reason": .string(reason), "time": .string(time),
        ]
    }
}
