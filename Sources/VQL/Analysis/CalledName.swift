// SPDX-License-Identifier: Apache-2.0

/// The name of a function or plugin that a query calls.
public struct CalledName: Sendable, Hashable {
    public let name: String
    public let kind: SymbolTable.Kind

    public init(_ name: String, _ kind: SymbolTable.Kind) {
        self.name = name
        self.kind = kind
    }
}
