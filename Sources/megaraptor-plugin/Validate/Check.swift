// SPDX-License-Identifier: Apache-2.0

/// One thing that must hold of a plugin.
struct Check: Sendable {
    let id: String
    /// The checks without which this one would only repeat their fault.
    let needs: [String]
    /// Looks at the plugin. A thrown error is a fault of the plugin, in the error's words.
    let examine: @Sendable (CheckSubject) throws -> Finding

    init(_ id: String, needs: [String] = [], examine: @escaping @Sendable (CheckSubject) throws -> Finding) {
        self.id = id
        self.needs = needs
        self.examine = examine
    }

    /// All checks in the order in which they run: what a check needs stands before it.
    static let all: [Check] = manifest + files + noCode + library + contract + parameters + calls + providers + random

    static func named(_ id: String) -> Check? { all.first { $0.id == id } }

    func finding(_ subject: CheckSubject) -> Finding {
        do {
            return try examine(subject)
        } catch let reason as CheckSubject.NothingToCheck {
            return .skip(reason.sentence)
        } catch {
            return .fail("\(error)")
        }
    }
}
