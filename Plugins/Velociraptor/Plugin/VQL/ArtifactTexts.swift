// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import VQL

/// What the server runs when a query calls an artifact there, as VQL that does the same.
///
/// Beside the queries of the definition these are the server's own steps: it makes sure of the artifact's tools, and
/// turns values into what the types of the parameters say.
struct ArtifactTexts: Sendable {
    let name: String
    let texts: [String]

    /// `nil` where it cannot be told, as for an artifact that takes another user's rights.
    ///
    /// - Parameter row: of `artifact_definitions()`.
    init?(row: JSONValue) {
        guard let name = row["name"]?.stringValue, row["impersonate"]?.stringValue?.isEmpty != false else { return nil }
        self.name = name
        var texts = ([row] + (row["sources"]?.arrayValue ?? [])).flatMap { part in
            [part["precondition"], part["export"], part["query"]].compactMap { $0?.stringValue }
                + (part["queries"]?.strings ?? [])
        }
        texts.removeAll(where: \.isEmpty)
        texts += (row["imports"]?.strings ?? []).map { "SELECT import(artifact=\(Self.quoted($0))) FROM scope()" }
        if row["tools"]?.arrayValue?.isEmpty == false { texts.append("SELECT inventory_add() FROM scope()") }
        for parameter in row["parameters"]?.arrayValue ?? [] {
            guard let conversion = Self.conversion(of: parameter) else { return nil }
            texts += conversion
        }
        self.texts = texts
    }

    /// What the server does with the value of a parameter; `nil` where it cannot be told.
    private static func conversion(of parameter: JSONValue) -> [String]? {
        // The server writes the name into statements as it is, so that another one can be more than a name.
        guard let name = parameter["name"]?.stringValue, isPlain(name) else { return nil }
        switch parameter["type"]?.stringValue ?? "" {
        case "upload": return ["SELECT * FROM http_client(url=\(name))"]
        case "upload_file": return ["SELECT * FROM http_client(url=\(name), tempfile_extension='.tmp')"]
        case "starlark": return ["SELECT starl(code=\(name)) FROM scope()"]
        case "server_metadata": return ["SELECT server_metadata() FROM scope()"]
        case let type: return readTypes.contains(type) ? [] : nil
        }
    }

    /// Types whose values stay as they are or are only parsed.
    private static let readTypes: Set<String> = [
        "", "artifactset", "bool", "choices", "csv", "float", "glob", "hidden", "int", "int64", "integer", "json",
        "json_array", "multichoice", "redacted", "regex", "regex_array", "str", "string", "timestamp", "xml", "yaml",
        "yara",
    ]

    private static func isPlain(_ name: String) -> Bool {
        do throws(VQLLiteralError) { return try VQLName.text(name) == name } catch { return false }
    }

    private static func quoted(_ name: String) -> String {
        do throws(VQLLiteralError) {
            return try VQLLiteral.string(name).text()
        } catch {
            // A text can always be written; should it not be, the empty name leads to "cannot tell".
            return "''"
        }
    }
}
