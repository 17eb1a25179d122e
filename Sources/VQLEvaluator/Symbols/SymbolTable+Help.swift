// SPDX-License-Identifier: Apache-2.0

extension SymbolTable {
    /// The rows of `help()`. Descriptions are not recorded; they are empty.
    static let helpRows: [VQLRow] = rows(pluginLines, "Plugin") + rows(functionLines, "Function")

    private static func rows(_ lines: String, _ type: String) -> [VQLRow] {
        lines.split(separator: "\n").map { line in
            let entry = Self.entry(line)
            let metadata: VQLValue =
                entry.permissions.isEmpty
                ? .null : ["permissions": .text(entry.permissions.map(\.rawValue).joined(separator: ","))]
            return [
                "name": .text(entry.name),
                "description": "",
                "type": .text(type),
                "version": 0,
                "args": .list((entry.arguments ?? []).map(description)),
                "metadata": metadata,
            ]
        }
    }

    private static func description(_ argument: ArgumentSpecification) -> VQLValue {
        [
            "name": .text(argument.name),
            "type": .text(String(describing: argument.kind)),
            "required": .bool(argument.isRequired),
            "repeated": .bool(argument.isRepeated),
        ]
    }
}
