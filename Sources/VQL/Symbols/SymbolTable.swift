// SPDX-License-Identifier: Apache-2.0

/// What a Velociraptor server has: every function, plugin and accessor, with its arguments and permissions.
///
/// Recorded from 0.77.2, for all platforms: what only Windows has is absent from a server on Linux.
public enum SymbolTable {
    /// Where a name is looked up: plugins after FROM, functions in expressions, accessors in `accessor=`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case function
        case plugin
        case accessor
    }

    public enum Platform: String, Sendable, Hashable, CaseIterable {
        case linux
        case windows
        case darwin
    }

    public struct Entry: Sendable, Hashable {
        public var name: String
        public var kind: Kind
        /// Empty where any argument is taken, and where there is none.
        public var arguments: [ArgumentSpecification]
        /// The rights that calling it can need. Which of them depends on the arguments.
        public var permissions: [Permission]
        /// Empty for `Artifact`, which is everywhere and is none of the built-ins.
        public var platforms: Set<Platform>
    }

    private static let tables: [Kind: [String: Entry]] = [
        .function: entries(functionLines, .function),
        .plugin: entries(pluginLines, .plugin),
        .accessor: entries(accessorLines, .accessor),
    ]

    /// The symbol of exactly this name; names are case-sensitive.
    public static func entry(_ name: String, _ kind: Kind) -> Entry? {
        tables[kind]?[name]
    }

    /// All symbols of a kind, by name.
    public static func entries(_ kind: Kind) -> [Entry] {
        (tables[kind] ?? [:]).values.sorted { $0.name < $1.name }
    }

    /// The names of all symbols of a kind, in order.
    public static func names(_ kind: Kind) -> [String] {
        (tables[kind] ?? [:]).keys.sorted()
    }

    private static func entries(_ lines: String, _ kind: Kind) -> [String: Entry] {
        let entries = lines.split(separator: "\n").map { entry($0, kind) }
        return Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads `name|argument:kind!+ …|PERMISSION …|lwd`, where `!` marks a required argument and `+` a repeated one.
    private static func entry(_ line: Substring, _ kind: Kind) -> Entry {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        return Entry(
            name: String(fields[0]),
            kind: kind,
            arguments: fields[1].split(separator: " ").map(argument),
            permissions: fields[2].split(separator: " ").map { Permission(rawValue: String($0)) },
            platforms: Set(Platform.allCases.filter { $0.rawValue.first.map(fields[3].contains) ?? false })
        )
    }

    private static func argument(_ field: Substring) -> ArgumentSpecification {
        let parts = field.split(separator: ":")
        let code = parts[1]
        return ArgumentSpecification(
            String(parts[0]),
            kinds[code.first ?? "a"] ?? .any,
            isRequired: code.contains("!"),
            isRepeated: code.contains("+")
        )
    }

    private static let kinds: [Character: ArgumentSpecification.Kind] = [
        "a": .any, "s": .string, "p": .path, "i": .integer, "f": .double, "b": .bool, "d": .dictionary, "t": .time,
        "q": .query, "l": .lambda, "z": .lazy,
    ]
}
