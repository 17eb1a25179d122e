// SPDX-License-Identifier: Apache-2.0

@testable import VQL

extension VQLLiteral {
    /// The value of an expression made of nothing but literals, lists, slices of lists and `dict()`.
    init?(constant expression: Expression) {
        switch expression.kind {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .string(let string): self = .bytes(string.bytes)
        case .number(let number):
            switch number.value {
            case .integer(let value): self = .integer(value)
            case .float(let value): self = .float(value)
            case .unparsable: return nil
            }
        case .parenthesized(let list): self.init(list: list.content)
        case .symbol(let symbol) where symbol.name == "dict" && symbol.isCalled:
            let members = symbol.arguments.compactMap { argument in
                VQLLiteral(argument: argument.value).map { Member(key: argument.name.unquotedName, value: $0) }
            }
            guard members.count == symbol.arguments.count else { return nil }
            self = .dictionary(members)
        case .access(let access): self.init(slice: access)
        default: return nil
        }
    }

    private init?(argument value: ArgumentValue) {
        switch value {
        case .select: return nil
        case .expression(let expression): self.init(constant: expression)
        case .list(let list):
            guard let content = list.content else {
                self = .list([])
                return
            }
            self.init(list: content)
        }
    }

    private init?(list: ExpressionList) {
        let elements = list.elements.compactMap { VQLLiteral(constant: $0) }
        guard elements.count == list.elements.count, let first = elements.first else { return nil }
        self = list.hasComma ? .list(elements) : first
    }

    private init?(slice access: Access) {
        guard case .list(let elements) = VQLLiteral(constant: access.base), access.steps.count == 1,
            case .index(let index) = access.steps.first, index.isSlice, index.upper == nil,
            case .integer(let lower) = index.lower.flatMap({ VQLLiteral(constant: $0) })
        else { return nil }
        self = .list(Array(elements.dropFirst(Int(lower))))
    }

    /// The same value with every string as its bytes.
    var withStringsAsBytes: VQLLiteral {
        switch self {
        case .string(let text): .bytes(Array(text.utf8))
        case .list(let elements): .list(elements.map(\.withStringsAsBytes))
        case .dictionary(let members):
            .dictionary(members.map { Member(key: $0.key, value: $0.value.withStringsAsBytes) })
        default: self
        }
    }
}
