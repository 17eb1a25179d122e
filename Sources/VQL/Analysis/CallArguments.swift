// SPDX-License-Identifier: Apache-2.0

/// The arguments of one call, as far as the text tells them.
struct CallArguments {
    /// What stands for one argument.
    enum Value {
        case absent
        case text(String)
        case boolean(Bool)
        case select
        /// A name alone, which stands for whatever it is bound to.
        case name(String)
        /// Anything else, or an argument that is given twice.
        case other
    }

    private let arguments: [Argument]

    init(_ arguments: [Argument]) {
        self.arguments = arguments
    }

    /// Whether arguments come out of a dictionary when the call runs.
    var isSpread: Bool {
        arguments.contains { $0.name.unquotedName == "**" || $0.name.name == "**" }
    }

    var names: [String] { arguments.map { $0.name.unquotedName } }

    func has(_ name: String) -> Bool { isSpread || names.contains(name) }

    subscript(name: String) -> Value {
        let given = arguments.filter { $0.name.unquotedName == name }
        guard given.count <= 1 else { return .other }
        guard let value = given.first?.value else { return isSpread ? .other : .absent }
        switch value {
        case .select: return .select
        case .list: return .other
        case .expression(let expression): return Self.value(of: expression)
        }
    }

    private static func value(of expression: Expression) -> Value {
        switch expression.kind {
        case .string(let literal):
            // Bytes that are no text could read otherwise on the server than here.
            String(validating: literal.bytes, as: UTF8.self).map(Value.text) ?? .other
        case .boolean(let flag): .boolean(flag)
        case .symbol(let symbol) where !symbol.isCalled && !symbol.isNegated && symbol.path.count == 1:
            .name(symbol.path[0].name)
        default: .other
        }
    }
}
