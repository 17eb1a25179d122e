// SPDX-License-Identifier: Apache-2.0

/// What calling a built-in does, as far as its name tells.
struct Judgement: Sendable, Hashable {
    var verdict: QueryVerdict
    /// The rest of a sentence that begins with the name.
    var phrase: String
    /// Whether with `accessor='data'` it only looks at the text it is given.
    var canReadGivenText = false
}

extension Judgement {
    /// What is known of a built-in; of one that nobody judged, that its rights cannot be harmless, or nothing.
    ///
    /// A right alone can show that a symbol acts, never that it does not: `killkillkill` needs no more than
    /// MACHINE_STATE, and `timeline_add` no more than READ_RESULTS.
    static func of(_ entry: SymbolTable.Entry) -> Judgement {
        explicit(entry.name, entry.kind) ?? fromPermissions(entry)
            ?? Judgement(verdict: .unknown, phrase: "is not known to be harmless")
    }

    /// Whether somebody looked at this symbol, or its rights settle the question.
    static func isJudged(_ entry: SymbolTable.Entry) -> Bool {
        explicit(entry.name, entry.kind) != nil || fromPermissions(entry) != nil
    }

    private static func explicit(_ name: String, _ kind: SymbolTable.Kind) -> Judgement? {
        if kind == .accessor { return JudgementTable.accessors[name] }
        return JudgementTable.builtins["\(kind.rawValue):\(name)"] ?? JudgementTable.builtins[name]
    }

    private static func fromPermissions(_ entry: SymbolTable.Entry) -> Judgement? {
        guard let permission = entry.permissions.first(where: { actions[$0.rawValue] != nil }) else { return nil }
        return actions[permission.rawValue].map { Judgement(verdict: .changes, phrase: $0) }
    }

    /// Rights that nobody needs for reading.
    private static let actions = [
        "EXECVE": "runs programs on the server",
        "FILESYSTEM_WRITE": "writes files on the server",
        "COLLECT_CLIENT": "tasks endpoints",
        "COLLECT_BASIC": "tasks endpoints",
        "COLLECT_SERVER": "runs collections on the server",
        "START_HUNT": "starts or changes hunts",
        "LABEL_CLIENT": "changes labels of clients",
        "ARTIFACT_WRITER": "changes artifact definitions",
        "SERVER_ARTIFACT_WRITER": "changes artifact definitions",
        "DELETE_RESULTS": "deletes collected data",
        "PREPARE_RESULTS": "writes an export of results on the server",
        "ORG_ADMIN": "changes organisations",
        "NOTEBOOK_EDITOR": "changes notebooks",
        "PUBLISH": "sends events to artifact queues",
        "IMPERSONATION": "acts as another user",
    ]
}
