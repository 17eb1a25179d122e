// SPDX-License-Identifier: Apache-2.0

/// Stands in for a built-in that the server has and nobody simulates.
///
/// Rights and arguments are checked as on the server; then the log says that there is no simulation.
struct StandIn: Sendable {
    private let entry: SymbolTable.Entry

    init(_ entry: SymbolTable.Entry) { self.entry = entry }

    var function: FunctionDefinition {
        let failureValue: VQLValue = entry.name == "read_file" ? "" : .null
        return FunctionDefinition(entry.name, access: access, failureValue: failureValue) { call in
            try answer(call)
            return .null
        }
    }

    var plugin: PluginDefinition {
        PluginDefinition(entry.name, access: access) { call, _ in try answer(call) }
    }

    private func answer(_ call: Invocation) throws {
        if readsFiles { try checkAccessor(call) }
        call.log(.error, "lab: \(entry.name) is not simulated")
    }

    /// Whoever reads files has its rights checked when it opens one: not all accessors need them.
    private var readsFiles: Bool {
        entry.permissions.contains(.fileSystemRead) && entry.arguments.contains { $0.name == "accessor" }
    }

    private var access: AccessRule { readsFiles ? .open : .fromTable }

    private static let accessorsOfText: Set<String> = ["data", "scope", "pipe", "sparse"]

    private func checkAccessor(_ call: Invocation) throws {
        let accessor = call.arguments.text("accessor") ?? "auto"
        if Self.accessorsOfText.contains(accessor) || call.context.session.permissions.contains(.fileSystemRead) {
            return
        }
        let denial = VQLFailure.permissionDenied([.fileSystemRead]).message
        let path = entry.arguments.first { $0.kind == .path && call.arguments.contains($0.name) }
        let field = path.map { "Field \($0.name) " } ?? ""
        throw VQLFailure("\(field)Accessor \(accessor): \(denial)")
    }
}
