// SPDX-License-Identifier: Apache-2.0

extension SymbolTable {
    /// The rows of `help()`. Descriptions are not recorded; they are empty.
    static let helpRows: [VQLRow] = rows(.plugin, "Plugin") + rows(.function, "Function")

    private static func rows(_ kind: Kind, _ type: String) -> [VQLRow] {
        entries(kind).map { entry in
            let metadata: VQLValue =
                entry.permissions.isEmpty
                ? .null : ["permissions": .text(entry.permissions.map(\.rawValue).joined(separator: ","))]
            return [
                "name": .text(entry.name),
                "description": "",
                "type": .text(type),
                "version": 0,
                "args": .list(entry.arguments.map(description)),
                "category": "",
                "metadata": metadata,
                "platforms": .null,
                "free_form_args": .bool(entry.arguments.isEmpty),
            ]
        }
    }

    private static func description(_ argument: ArgumentSpecification) -> VQLValue {
        [
            "name": .text(argument.name),
            "type": .text(argument.kind.serverName),
            "required": .bool(argument.isRequired),
            "repeated": .bool(argument.isRepeated),
        ]
    }
}

extension ArgumentSpecification.Kind {
    /// The server's name for it. Integers of every width are `int64` here.
    fileprivate var serverName: String {
        switch self {
        case .any: "Any"
        case .string: "string"
        case .path: "accessors.OSPath"
        case .integer: "int64"
        case .double: "float64"
        case .bool: "bool"
        case .dictionary: "ordereddict.Dict"
        case .time: "time.Time"
        case .query: "StoredQuery"
        case .lambda: "vfilter.Lambda"
        case .lazy: "LazyExpr"
        }
    }
}
