// SPDX-License-Identifier: Apache-2.0

/// Where an artifact runs, as far as the text of its conditions tells.
extension ArtifactDefinition {
    /// The VQL of all its conditions, of the artifact and of its sources.
    var preconditions: [String] { ([precondition] + sourcePreconditions).filter { !$0.isEmpty } }

    /// The systems that its conditions name, `windows`, `linux` or `darwin`; empty where they name none.
    var systems: Set<String> { preconditions.reduce(into: []) { $0.formUnion(ArtifactSystems.named(in: $1)) } }

    /// Whether it may give rows on a system. In doubt it may: a client decides by running the condition.
    ///
    /// - Parameter system: `windows`, `linux`, `darwin`, another one, or empty for a client that never told.
    func mayRun(on system: String) -> Bool {
        guard !system.isEmpty else { return true }
        if Self.excludes(precondition, system) { return false }
        return sourcePreconditions.isEmpty || !sourcePreconditions.allSatisfy { Self.excludes($0, system) }
    }

    /// A condition that names systems, but not this one, and negates nothing.
    private static func excludes(_ condition: String, _ system: String) -> Bool {
        let condition = condition.lowercased()
        let names = ArtifactSystems.named(in: condition)
        guard !names.isEmpty, !names.contains(system) else { return false }
        return !condition.contains("!=") && !condition.contains("not ")
    }
}
