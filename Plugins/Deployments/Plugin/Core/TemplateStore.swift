// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// Inputs of deployments, kept under names for the next ones. May be used by several processes.
struct TemplateStore: Sendable {
    static let namePattern = "^[a-z0-9][a-z0-9-]{0,62}$"

    let root: String

    func inputs(_ name: String) throws(MegaraptorError) -> ServerInputs {
        guard let bytes = try PrivateFile.read(try file(name), limit: 1 << 20) else {
            let known = try names().joined(separator: ", ")
            throw MegaraptorError(
                .notFound,
                "There is no template \"\(name)\".",
                hint: known.isEmpty ? "save_deployment_template makes one from a deployment." : "There are: \(known)."
            )
        }
        do {
            return try JSONValueDecoder().decode(ServerInputs.self, from: JSONValue(json: bytes))
        } catch {
            throw MegaraptorError(.failedPrecondition, "The template \"\(name)\" cannot be read: \(error).")
        }
    }

    /// - Throws: `conflict` where there is one of this name and it may not be replaced.
    func save(_ inputs: ServerInputs, as name: String, replacing: Bool) throws(MegaraptorError) {
        let path = try file(name)
        if !replacing, access(path, F_OK) == 0 {
            throw MegaraptorError(
                .conflict,
                "There is a template \"\(name)\" already.",
                hint: "Choose another name, or set replace."
            )
        }
        try PrivateFile.makeFolder(FilePath(root))
        var members = try encoded(inputs).objectValue ?? [:]
        for (key, value) in members where value == .null { members[key] = nil }
        try PrivateFile.replace(path, with: Array(JSONValue.object(members).prettyJSON().utf8))
    }

    func names() throws(MegaraptorError) -> [String] {
        (try FolderListing.names(root) ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    }

    private func file(_ name: String) throws(MegaraptorError) -> String {
        let isPlain = name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
        guard isPlain, (1...63).contains(name.utf8.count), !name.hasPrefix("-") else {
            throw MegaraptorError(.invalidArgument, "A template's name has 1 to 63 of a-z, 0-9 and -, not - first.")
        }
        return "\(root)/\(name).json"
    }
}
