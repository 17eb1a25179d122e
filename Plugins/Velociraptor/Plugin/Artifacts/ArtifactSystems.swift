// SPDX-License-Identifier: Apache-2.0

/// On which systems an artifact runs, as far as its conditions and its name tell.
enum ArtifactSystems {
    static let all = ["windows", "linux", "darwin"]

    private static let prefixes = [("Windows.", "windows"), ("Linux.", "linux"), ("MacOS.", "darwin")]

    /// Empty where it runs on any, and for artifacts that do not run on clients.
    ///
    /// - Parameters:
    ///   - precondition: of the whole artifact; empty for none.
    ///   - sources: the precondition of each source. One source without any runs everywhere.
    static func of(name: String, type: String, precondition: String, sources: [String]) -> Set<String> {
        guard type == "client" || type == "client_event" else { return [] }
        let whole = named(in: precondition)
        if !whole.isEmpty { return whole }
        let each = sources.map(named)
        if !each.isEmpty, !each.contains([]) { return each.reduce(into: []) { $0.formUnion($1) } }
        return Set(prefixes.filter { name.hasPrefix($0.0) }.map(\.1))
    }

    /// The systems whose names stand in a condition as words: `OS = 'windows'`, `OS =~ 'linux|darwin'`.
    static func named(in condition: String) -> Set<String> {
        let words = Set(condition.lowercased().split { !$0.isLetter }.map(String.init))
        return words.intersection(all)
    }
}
