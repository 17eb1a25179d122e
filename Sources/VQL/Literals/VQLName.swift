// SPDX-License-Identifier: Apache-2.0

/// Writes names into queries.
public enum VQLName {
    /// A name of a column, argument, member or LET: as it is where the language allows, else between backticks.
    ///
    /// A name with a backtick or a backslash is refused: there is no escape for the one, and the other is read
    /// differently in different places.
    public static func text(_ name: String) throws(VQLLiteralError) -> String {
        if isPlain(name) { return name }
        let unwritable = [ASCII.backtick, ASCII.backslash]
        guard !name.isEmpty, !name.utf8.contains(where: unwritable.contains) else { throw .unwritableName(name) }
        return "`\(name)`"
    }

    /// A dotted name of several components.
    public static func text(path: [String]) throws(VQLLiteralError) -> String {
        guard !path.isEmpty else { throw .unwritableName("") }
        var components: [String] = []
        for name in path { components.append(try text(name)) }
        return components.joined(separator: ".")
    }

    /// GROUP and ORDER are ordinary names, except before BY; they are quoted so that what follows does not matter.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.startsName, name.utf8.allSatisfy(\.continuesName) else { return false }
        let upper = name.uppercased()
        return Lexer.keywords[upper] == nil && Lexer.firstWords[upper] == nil
    }
}
