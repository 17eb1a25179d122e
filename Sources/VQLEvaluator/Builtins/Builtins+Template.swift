// SPDX-License-Identifier: Apache-2.0

/// The function `template()`: literals and the members of its dictionary; no pipelines, no control structures.
enum TemplateBuiltins {
    static let functions = [
        FunctionDefinition("template") { call in
            let expansion = VQLValue.dict(call.arguments.row("expansion") ?? [:])
            return .text(try expand(call.arguments.text("template") ?? "", expansion, call.scope))
        }
    ]

    private static func expand(_ template: String, _ expansion: VQLValue, _ scope: Scope) throws -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw VQLFailure("template: :1: unclosed action")
            }
            result += rest[..<open.lowerBound]
            let action = rest[open.upperBound..<close.lowerBound].split(whereSeparator: \.isWhitespace).joined(
                separator: " "
            )
            result += try value(of: action, expansion, scope).displayText
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    private static func value(of action: String, _ expansion: VQLValue, _ scope: Scope) throws -> VQLValue {
        if let number = Int64(action) { return .integer(number) }
        if action.count >= 2, action.hasPrefix("\""), action.hasSuffix("\"") {
            return .text(String(action.dropFirst().dropLast()))
        }
        if action.hasPrefix("."), !action.contains(" ") {
            return try action.dropFirst().split(separator: ".").reduce(expansion) { value, name in
                try value.member(String(name), in: scope)
            }
        }
        let function = action.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        throw VQLFailure("template: :1: function \"\(function)\" not defined")
    }
}
