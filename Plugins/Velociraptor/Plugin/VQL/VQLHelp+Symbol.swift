// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// One plugin, function or keyword.
extension VQLHelp {
    func symbol(_ name: String, _ request: Request) async throws(MegaraptorError) -> RowPage {
        if let (keyword, text) = keyword(name) {
            return RowPage(
                heading: "A keyword of VQL.",
                members: ["source": "megaraptor"],
                name: "entries",
                rows: [["name": .string(keyword), "kind": "keyword", "description": .string(text)]],
                total: 1,
                isEvidence: false
            )
        }
        let help = try await catalog(timeout: request.timeout)
        let wanted = name.hasSuffix("()") ? String(name.dropLast(2)) : name
        let exact = help.entries.filter { $0.name == wanted }
        let found = exact.isEmpty ? help.entries.filter { $0.name.lowercased() == wanted.lowercased() } : exact
        guard !found.isEmpty else { throw unknown(wanted, help) }
        let kinds = found.map { $0.kind == "plugin" ? "a plugin: it stands after FROM" : "a \($0.kind)" }
        let shown = VisibleText.escape(found[0].name)
        return RowPage(
            heading: "\(shown) is \(kinds.joined(separator: ", and "))." + " \(help.origin)",
            notes: exact.isEmpty ? ["Names mind the case: it is \(shown), not \(wanted)."] : [],
            members: ["source": help.isFromServer ? "server" : "table"],
            name: "entries",
            rows: found.map { .object($0.json) },
            total: found.count,
            isEvidence: false
        )
    }

    private func keyword(_ name: String) -> (String, String)? {
        GrammarNotes.keywords.first { $0.key == name.uppercased() }.map { ($0.key, $0.value) }
    }

    private func unknown(_ name: String, _ help: HelpCatalog.Answer) -> MegaraptorError {
        let near = SymbolTable.nearest(to: name, among: Array(Set(help.entries.map(\.name))), limit: 5)
        return MegaraptorError(
            .notFound,
            "There is no plugin, function or keyword \(VisibleText.escape(name)). \(help.origin)",
            hint: near.isEmpty
                ? "search looks through names and descriptions." : "Did you mean \(near.joined(separator: ", "))?"
        )
    }
}
