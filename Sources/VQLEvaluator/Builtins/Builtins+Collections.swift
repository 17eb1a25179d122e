// SPDX-License-Identifier: Apache-2.0

/// Functions on dictionaries and lists.
enum CollectionBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("dict", arguments: .freeForm) { call in
            var members = try call.arguments.all()
            for (name, value) in members { members[name] = try call.materialized(value) }
            return .dict(members)
        },
        FunctionDefinition("lazy_dict", arguments: .freeFormLazy) { call in
            .object(LazyDictionary(arguments: call.arguments))
        },
        FunctionDefinition("array", arguments: .freeForm) { call in
            .list(try call.arguments.all().values.map(call.materialized))
        },
        FunctionDefinition("len") { call in
            switch call.arguments["list"] {
            case .string(let text)?: .integer(Int64(text.count))
            case .list(let values)?: .integer(Int64(values.count))
            case .dictionary(let members)?: .integer(Int64(members.count))
            default: 0
            }
        },
        FunctionDefinition("get", body: get),
        FunctionDefinition("set", body: set),
        FunctionDefinition("items") { call in
            .rows(ItemRows.rows(of: try call.materialized(call.arguments["item"] ?? .null)))
        },
        FunctionDefinition("to_dict", body: dictionaryOfPairs),
        FunctionDefinition("filter", body: filter),
        FunctionDefinition("all") { call in
            .bool(try call.elements("items").allSatisfy { try accepts($0, call) })
        },
        FunctionDefinition("any") { call in
            .bool(try call.elements("items").contains { try accepts($0, call) })
        },
        FunctionDefinition("slice") { call in
            let list = try call.materialized(call.arguments["list"] ?? .null)
            return list.slice(from: call.arguments["start"], to: call.arguments["end"])
        },
    ]

    /// A member by its dotted path, of `item` or of the scope; or one field whose name may hold dots.
    private static func get(_ call: Invocation) throws -> VQLValue {
        let path: [VQLValue]
        if let field = call.arguments["field"] {
            path = [field]
        } else if let member = call.arguments.text("member") {
            path = member.split(separator: ".").map { .text(String($0)) }
        } else {
            throw VQLFailure("Field member is required")
        }
        var value = call.arguments["item"] ?? .scope(call.scope)
        for step in path {
            if case .list = value, Int64(step.displayText) != nil {
                value = try value.element(at: step, in: call.scope)
            } else {
                value = try value.member(step.displayText, in: call.scope)
            }
            if case .expression(let expression) = value { value = try expression.value(in: call.scope) }
        }
        return value.isNull ? call.arguments["default"] ?? .null : value
    }

    /// Changes the dictionary itself: every other holder sees it.
    private static func set(_ call: Invocation) throws -> VQLValue {
        let item = call.arguments["item"] ?? .null
        guard case .dictionary(let dictionary) = item, let field = call.arguments.text("field") else { return item }
        let value = try call.materialized(call.arguments["value"] ?? .null)
        guard !value.reaches(dictionary) else { throw VQLFailure("a dict can not contain itself") }
        dictionary[field] = value
        return item
    }

    /// Rows with `_key` and `_value` become one dictionary.
    private static func dictionaryOfPairs(_ call: Invocation) throws -> VQLValue {
        var members = VQLRow()
        for row in try call.rows(of: call.arguments["item"] ?? .null) {
            guard let key = row["_key"] else { continue }
            members[key.displayText] = row["_value"] ?? .null
        }
        return .dict(members)
    }

    private static func filter(_ call: Invocation) throws -> VQLValue {
        .list(
            try call.elements("list").filter { item in
                if let condition = call.arguments.lambda("condition") {
                    return try call.isTrue(condition([item], in: call.scope))
                }
                return item.matches(call.arguments["regex"] ?? .null, in: call.context)
            }
        )
    }

    /// Whether the lambda of `all()` or `any()` accepts an item, or one of its patterns does.
    private static func accepts(_ item: VQLValue, _ call: Invocation) throws -> Bool {
        if let filter = call.arguments.lambda("filter") { return try call.isTrue(filter([item], in: call.scope)) }
        let patterns = call.arguments.list("regex")
        if patterns.isEmpty { return try call.isTrue(item) }
        return patterns.contains { item.matches($0, in: call.context) }
    }
}

extension Invocation {
    /// A query's rows as a list; every other value as it is.
    func materialized(_ value: VQLValue) throws -> VQLValue {
        guard case .query(let query) = value else { return value }
        return try query.list(in: scope)
    }

    /// The elements of a list or query; a scalar is one element, NULL none.
    func elements(_ name: String) throws -> [VQLValue] {
        switch try materialized(arguments[name] ?? .null) {
        case .list(let values): values
        case .null: []
        case let value: [value]
        }
    }
}

extension VQLValue {
    /// Whether a dictionary is this value or lies anywhere inside it.
    fileprivate func reaches(_ wanted: VQLDictionary) -> Bool {
        switch self {
        case .dictionary(let dictionary):
            dictionary === wanted || dictionary.row.values.contains { $0.reaches(wanted) }
        case .list(let values): values.contains { $0.reaches(wanted) }
        default: false
        }
    }
}

/// A dictionary whose members are evaluated when they are read.
struct LazyDictionary: VQLObject {
    let arguments: Arguments

    var typeName: String { "*functions.LazyDict" }
    var plainValue: VQLValue {
        [:]
    }

    func member(_ name: String) throws -> VQLValue? { try arguments.value(name) }
}
