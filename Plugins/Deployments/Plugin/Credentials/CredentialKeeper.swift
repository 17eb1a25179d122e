// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import WholeFiles

/// Credentials that people keep for deployers, by name.
struct CredentialKeeper: Sendable {
    let host: HostServices

    /// Beyond this the host keeps nothing.
    private static let greatestValue = 1 << 16
    /// Where the plugin notes when a credential counts as old.
    private static let notes = "credentials"

    func keep(
        _ name: String,
        type: String,
        file: String?,
        generates: Bool,
        deletesFile: Bool,
        days: Int?,
        replacing: Bool
    ) async throws(MegaraptorError) -> JSONObject {
        guard !name.hasPrefix("deployment.") else { throw Self.reserved(name) }
        guard (file == nil) == generates else {
            throw MegaraptorError(
                .invalidArgument,
                "Say where the value comes from: from_file, or generate.",
                hint:
                    "A value is never an argument: it would stay in the conversation. A person types one with `megaraptor-mcp secrets set \(name)`."
            )
        }
        let value =
            try file.map { path throws(MegaraptorError) in try Self.value(path) }
            ?? Array(GeneratedPassword().text.utf8)
        try await host.keep(secret: name, type: type, value, replacing: replacing)
        var answer: JSONObject = ["name": .string(name), "type": .string(type), "bytes": JSONValue(value.count)]
        let expires = days.map { Moment(unixSeconds: Moment.now.unixSeconds + Int64($0) * 86_400).text }
        try await note(name, expires)
        if let expires { answer["expires"] = .string(expires) }
        if let file, deletesFile {
            guard unlink(file) == 0 else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "The credential \(name) is kept, and \(file) could not be removed: \(String(cString: strerror(errno))).",
                    hint: "Remove the file yourself."
                )
            }
            answer["file_removed"] = true
        }
        return answer
    }

    func list() async throws(MegaraptorError) -> JSONObject {
        let known = try await host.state(Self.notes)
        let now = Moment.now
        let entries = try await host.keptSecrets().map { secret -> JSONValue in
            var entry: JSONObject = [
                "name": .string(secret.name), "type": .string(secret.type), "created": .string(secret.created),
                "changed": .string(secret.changed),
            ]
            if let expires = known?[secret.name]?.stringValue {
                entry["expires"] = .string(expires)
                entry["is_expired"] = .bool(Moment(expires).map { $0 <= now } ?? false)
            }
            return .object(entry)
        }
        return ["count": JSONValue(entries.count), "credentials": .array(entries)]
    }

    func delete(_ name: String, _ core: DeploymentCore) async throws(MegaraptorError) -> JSONObject {
        guard !name.hasPrefix("deployment.") else { throw Self.reserved(name) }
        try await host.remove(secret: name)
        try await note(name, nil)
        return ["name": .string(name), "deleted": true]
    }

    private func note(_ name: String, _ expires: String?) async throws(MegaraptorError) {
        var known = try await host.state(Self.notes)?.objectValue ?? [:]
        known[name] = expires.map(JSONValue.string)
        try await host.putState(Self.notes, .object(known))
    }

    /// A file's content without the newline that editors add.
    private static func value(_ path: String) throws(MegaraptorError) -> [UInt8] {
        guard path.hasPrefix("/") else {
            throw MegaraptorError(.invalidArgument, "from_file must be an absolute path.")
        }
        guard var bytes = try PrivateFile.read(path, limit: greatestValue) else {
            throw MegaraptorError(.notFound, "There is no file \(path).")
        }
        while let last = bytes.last, last == 0x0a || last == 0x0d, bytes.count > 1 { bytes.removeLast() }
        return bytes
    }

    private static func reserved(_ name: String) -> MegaraptorError {
        MegaraptorError(
            .permissionDenied,
            "\(name) belongs to a deployment.",
            hint: "Names that begin with deployment. are made and removed with their deployments."
        )
    }
}
