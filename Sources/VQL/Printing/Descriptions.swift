// SPDX-License-Identifier: Apache-2.0

extension SyntaxPrinter {
    fileprivate static func text(_ style: Style, _ write: (inout SyntaxPrinter) -> Void) -> String {
        var printer = SyntaxPrinter(style)
        write(&printer)
        return printer.text
    }
}

extension Program: CustomStringConvertible {
    /// Text that parses to an equal tree, one statement per line.
    public var description: String {
        statements.map(\.description).joined(separator: "\n")
    }
}

extension Statement: CustomStringConvertible {
    /// Text that parses to an equal tree.
    public var description: String {
        SyntaxPrinter.text(.faithful) { $0.write(self) }
    }

    /// The statement as the server shows it, in log lines for instance.
    public var canonicalText: String {
        SyntaxPrinter.text(.canonical) { $0.write(self) }
    }
}

extension Select: CustomStringConvertible {
    /// Text that parses to an equal tree.
    public var description: String {
        SyntaxPrinter.text(.faithful) { $0.write(self) }
    }

    /// The query as the server shows it, in log lines for instance.
    public var canonicalText: String {
        SyntaxPrinter.text(.canonical) { $0.write(self) }
    }
}

extension ExpressionList: CustomStringConvertible {
    /// Text that parses to an equal tree.
    public var description: String {
        SyntaxPrinter.text(.faithful) { $0.write(self) }
    }
}

extension Expression: CustomStringConvertible {
    /// Text that parses to an equal tree.
    public var description: String {
        SyntaxPrinter.text(.faithful) { $0.write(self) }
    }

    /// The expression as the server shows it.
    public var canonicalText: String {
        SyntaxPrinter.text(.canonical) { $0.write(self) }
    }
}

extension Symbol: CustomStringConvertible {
    /// The dotted name as it stands in log lines, with minus and backticks, without arguments.
    public var description: String {
        (isNegated ? "-" : "") + path.map(\.spelling).joined(separator: ".")
    }
}

extension Lambda: CustomStringConvertible {
    /// Text that parses to an equal tree.
    public var description: String {
        parameters.map(\.spelling).joined(separator: ", ") + " => \(body)"
    }
}

extension Column {
    /// What the column is called in a row: its alias, or the text of its content as the server prints it.
    ///
    /// Computed each time, in time linear in the length of the text; keep it when it is needed for every row. A star
    /// has no name of its own and gives `*`.
    public var name: String {
        if let alias { return alias.unquotedName }
        if case .expression(let expression) = content, case .symbol(let symbol) = expression.kind,
            let name = symbol.path.first, symbol.path.count == 1, !symbol.isNegated, !symbol.isCalled
        {
            return name.name
        }
        return SyntaxPrinter.text(.canonical) { $0.write(content) }
    }
}
