// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import WholeFiles

/// Remembers which libraries crashed or hung when they were first opened, so that nobody runs into them again.
///
/// One file for each plugin. A record counts only while the library is the one that it speaks of.
public struct Quarantine: Sendable {
    /// `{path, size, mtime, sha256, reason, time}`; `mtime` is in nanoseconds since 1970, `time` after ISO 8601.
    public struct Record: Sendable, Hashable {
        public let json: JSONObject

        /// What the library did.
        public var reason: String { json["reason"]?.stringValue ?? "" }
        public var time: String { json["time"]?.stringValue ?? "" }

        /// Whether it speaks of this library.
        public func isAbout(_ library: LibraryIdentity) -> Bool {
            library.json.allSatisfy { json[$0.key] == $0.value }
        }

        /// Whether the file at the path looks like the one it speaks of. Reads nothing.
        public var seemsCurrent: Bool {
            let now = json["path"]?.stringValue.flatMap { FileStatus($0, followsLinks: true) }
            return json["size"]?.integerValue == now?.size && json["mtime"]?.integerValue == now?.modified
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
        var cause = "a key is missing"
        do {
            let object = try JSONValue(json: CheckedYAML.contents(of: path)).objectValue
            if let object, Self.keys.allSatisfy({ object[$0] != nil }) { return Record(json: object) }
        } catch {
            cause = "\(error)"
        }
        throw MegaraptorError(
            .failedPrecondition,
            "The quarantine record \(path) is damaged.",
            hint: "megaraptor-mcp plugins release \(plugin) removes it.",
            cause: cause
        )
    }

    private static let keys = ["path", "size", "mtime", "sha256", "reason", "time"]

    @discardableResult
    public func put(_ plugin: String, _ library: LibraryIdentity, reason: String) throws(MegaraptorError) -> Record {
        var json = library.json
        json["reason"] = .string(reason)
        json["time"] = .string(ISO8601.string(unixSeconds: Int64(time(nil))))
        let path = try file(of: plugin)
        do {
            try WholeFile.write(JSONValue.object(json).jsonBytes(), to: path)
        } catch {
            throw Self.failure("written", path, "\(error)")
        }
        return Record(json: json)
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
        guard !plugin.isEmpty, !plugin.hasPrefix("."), !plugin.contains("/"), !plugin.contains("\0") else {
            throw MegaraptorError(.invalidArgument, "\"\(plugin)\" is no plugin's id.")
        }
        return "\(folder)/\(plugin).json"
    }

    private static func failure(_ what: String, _ path: String, _ cause: String) -> MegaraptorError {
        let hint = "Check the folder's space and permissions."
        return MegaraptorError(.internal, "The record \(path) cannot be \(what).", hint: hint, cause: cause)
    }
}
