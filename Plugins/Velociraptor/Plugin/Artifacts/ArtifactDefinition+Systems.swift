// SPDX-License-Identifier: Apache-2.0

/// Where an artifact runs, as far as the text of its conditions tells.
extension ArtifactDefinition {
    private static let systems = ["windows", "linux", "darwin"]

    /// The VQL of all its conditions, of the artifact and of its sources.
    var preconditions: [String] { ([precondition] + sourcePreconditions).filter { !$0.isEmpty } }

    /// The systems that its conditions name, `windows`, `linux` or `darwin`; empty where they name none.
    var systems: Set<String> { Set(preconditions.flatMap(Self.named(in:))) }

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
        let names = named(in: condition)
        guard !names.isEmpty, !condition.contains(system) else { return false }
        return !condition.contains("!=") && !condition.contains("not ")
    }

    private static func named(in condition: String) -> [String] {
        let condition = condition.lowercased()
        return systems.filter { condition.contains($0) }
    }
}
