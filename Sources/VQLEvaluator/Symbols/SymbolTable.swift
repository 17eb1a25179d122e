// SPDX-License-Identifier: Apache-2.0

/// What the server has: every function and plugin with its arguments and the permissions it needs.
enum SymbolTable {
    enum Kind: Sendable, Hashable {
        case function
        case plugin
    }

    struct Entry: Sendable {
        var name: String
        /// `nil` where any argument is taken.
        var arguments: [ArgumentSpecification]?
        var permissions: [Permission]
    }

    private static let functions = entries(functionLines)
    private static let plugins = entries(pluginLines)

    /// The names of all plugins of a Linux server, in order.
    static let pluginNames = plugins.keys.sorted()

    static func entry(_ name: String, _ kind: Kind) -> Entry? {
        switch kind {
        case .function: functions[name]
        case .plugin: plugins[name]
        }
    }

    private static func entries(_ lines: String) -> [String: Entry] {
        let entries = lines.split(separator: "\n").map { entry($0) }
        return Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads `name|argument:kind!+ …|PERMISSION …`, where `!` marks a required argument and `+` a repeated one.
    static func entry(_ line: Substring) -> Entry {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        let arguments = fields[1] == "*" ? nil : fields[1].split(separator: " ").map(argument)
        let permissions = fields[2].split(separator: " ").map { Permission(rawValue: String($0)) }
        return Entry(name: String(fields[0]), arguments: arguments, permissions: permissions)
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
        "q": .query,
        "l": .lambda, "z": .lazy,
    ]
}
