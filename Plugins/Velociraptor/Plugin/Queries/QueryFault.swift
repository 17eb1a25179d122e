// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import VQL
internal import VQLChecks

/// Turns the failures in a query's log into errors.
public enum QueryFault {
    /// One error for each cause. The server repeats a failure for every row, and tells of an unknown plugin twice.
    ///
    /// - Parameter query: the text that was sent, to show the place of a syntax error in it.
    public static func errors(from lines: some Sequence<LogLine>, in query: String? = nil) -> [MegaraptorError] {
        var errors: [MegaraptorError] = []
        for line in lines where line.kind == .failure {
            let error = error(from: line.text, in: query)
            if let known = errors.firstIndex(where: { $0.message == error.message }) {
                if error.hint.count > errors[known].hint.count { errors[known] = error }
            } else {
                errors.append(error)
            }
        }
        return errors
    }

    /// What one line says. Its text is the server's and may quote anything: it is shown with control characters escaped.
    public static func error(from line: String, in query: String? = nil) -> MegaraptorError {
        let text = VisibleText.escape(line)
        if let syntax = text.dropping(prefix: "VQL Error: ") { return syntaxError(String(syntax), in: query) }
        return reason(String(text.dropping(prefix: "ERROR:") ?? text[...]))
    }

    private static func reason(_ text: String) -> MegaraptorError {
        if let error = unknownName(text) { return error }
        if text.contains("PermissionDenied") || text.contains("Permission denied") {
            let names = Permissions.named(in: text)
            return MegaraptorError(.permissionDenied, text, hint: Permissions.hint(for: names))
        }
        if text.contains("Timeout Error:") {
            return MegaraptorError(
                .deadlineExceeded,
                "The server stopped the query at its time limit.",
                hint: "Narrow the query, or allow more time with timeout_seconds.",
                cause: text
            )
        }
        if let error = wrongArgument(text) { return error }
        if let rule = rules.first(where: { rule in rule.fragments.contains { text.contains($0) } }) {
            return MegaraptorError(rule.code, text, hint: rule.hint)
        }
        return MegaraptorError(
            .failedPrecondition,
            text,
            hint: "This is the server's own sentence about the query; the result is empty or incomplete because of it."
        )
    }

    private struct Rule {
        var fragments: [String]
        var code: MegaraptorError.Code
        var hint: String
    }

    private static let rules = [
        Rule(
            fragments: ["not known in this org"],
            code: .notFound,
            hint: "Use list_clients to find clients of this organisation, or name another one with org_id."
        ),
        Rule(
            fragments: ["Hunt not found", "hunt not found"],
            code: .notFound,
            hint: "The hunt does not exist in this organisation."
        ),
        Rule(
            fragments: ["Org not found"],
            code: .notFound,
            hint: "`SELECT Name, OrgId FROM orgs()` lists the organisations that this key may see."
        ),
        Rule(
            fragments: [
                "Unexpected arg ", " is required", " should be ", "Extra unrecognized arg", "Unknown parameter ",
                "Missing arg",
            ],
            code: .invalidArgument,
            hint: "`SELECT * FROM help() WHERE name = 'the name'` shows the arguments that the server knows."
        ),
        Rule(
            fragments: ["Unknown artifact", "Artifact ", "artifact "],
            code: .notFound,
            hint: "`SELECT name FROM artifact_definitions() WHERE name =~ 'part of the name'` finds artifacts."
        ),
        Rule(
            fragments: ["Invalid search operator"],
            code: .invalidArgument,
            hint: "Searches know host:, label:, ip:, mac:, recent: and bare text, with * as a wildcard."
        ),
        Rule(
            fragments: ["Compile regexp:"],
            code: .invalidArgument,
            hint: "Regular expressions are RE2: no look-ahead, no look-behind, no back references."
        ),
        Rule(
            fragments: ["Order by column"],
            code: .invalidArgument,
            hint: "ORDER BY takes the name of a column of the result."
        ),
        Rule(
            fragments: ["condition invalid", "time invalid", "no artifacts to collect"],
            code: .invalidArgument,
            hint: "Correct the value that the server names."
        ),
        Rule(
            fragments: ["Stack Overflow:"],
            code: .invalidArgument,
            hint: "A LET calls itself without an end."
        ),
    ]

    /// What may have been meant by the last word of `… Symbol X not found.`
    private static func nearest(_ message: String, _ kind: SymbolTable.Kind) -> String? {
        guard let name = message.dropLast(" not found.".count).split(separator: " ").last.map(String.init) else {
            return nil
        }
        let near = SymbolAdvice.nearest(name, kind)
        return near.isEmpty ? nil : "Did you mean \(near.map { "\($0)()" }.joined(separator: ", "))?"
    }

    /// `NAME: Unexpected arg X` and the like: the hint lists what the built-in takes.
    private static func wrongArgument(_ text: String) -> MegaraptorError? {
        let complaints = ["Unexpected arg ", "Field "]
        guard let colon = text.firstRange(of: ": "), complaints.contains(where: text[colon.upperBound...].hasPrefix)
        else { return nil }
        let name = String(text[..<colon.lowerBound])
        let lists = [SymbolTable.Kind.plugin, .function].compactMap { SymbolAdvice.arguments(of: name, $0) }
        guard let list = lists.first else { return nil }
        return MegaraptorError(.invalidArgument, text, hint: list)
    }

    /// `Symbol X not found. Current Scope is …`: the scope is left out, it is long and says nothing to the reader.
    private static func unknownName(_ text: String) -> MegaraptorError? {
        guard let notFound = text.firstRange(of: " not found."), text.contains("Symbol ") || text.contains("Plugin ")
        else { return nil }
        let message = String(text[..<notFound.lowerBound]) + " not found."
        let rest = text[notFound.upperBound...]
        let advice = rest.hasPrefix(" Current Scope is") ? "" : rest.trimmed
        let isPlugin = message.contains("Plugin ")
        let general =
            isPlugin
            ? "After FROM stands a plugin, an artifact (Artifact.Name()) or a LET."
            : "A column, a variable or a function of this name does not exist where it is used."
        let near = nearest(message, isPlugin ? .plugin : .function).map { " \($0)" } ?? ""
        return MegaraptorError(
            .invalidArgument,
            message,
            hint: general + near + (advice.isEmpty ? "" : " The server says: \(advice)")
        )
    }

    /// `LEFT|RIGHT: LINE:COLUMN: MESSAGE.`, where LEFT and RIGHT are the text around the place.
    private static func syntaxError(_ text: String, in query: String?) -> MegaraptorError {
        let hint = "Correct the query and run it again; nothing of it was executed. validate_vql says more."
        guard let place = position(in: text) else {
            return MegaraptorError(.invalidArgument, "VQL syntax error: \(text)", hint: hint)
        }
        var error = SyntaxFault.make(place.message, line: place.line, column: place.column, hint: hint, in: query)
        error.details["near"] = .string(place.near)
        return error
    }

    private static func position(in text: String) -> (line: Int, column: Int, near: String, message: String)? {
        // The text around the place may hold colons itself: the first ": digits:digits: " counts.
        var search = text[...]
        while let colon = search.firstRange(of: ": ") {
            let fields = text[colon.upperBound...].split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            if fields.count == 3, let line = Int(fields[0]), let column = Int(fields[1]), fields[2].hasPrefix(" ") {
                let message = shortened(String(fields[2].dropFirst()))
                return (line, column, String(text[..<colon.lowerBound]), message)
            }
            search = search[colon.upperBound...]
        }
        return nil
    }

    /// The server lists the grammar of all that could have stood there. The first of it is enough.
    private static func shortened(_ message: String) -> String {
        guard message.count > 200 else { return message }
        return message.prefix(200) + " …"
    }
}
