// SPDX-License-Identifier: Apache-2.0

/// Writes a syntax tree as text.
struct SyntaxPrinter {
    enum Style {
        /// The server's own way, from which unnamed columns get their names. It drops what has no effect and prints
        /// numbers by value.
        case canonical
        /// All that the tree holds: the text parses to an equal tree.
        case faithful
    }

    let style: Style
    private(set) var text = ""

    init(_ style: Style) {
        self.style = style
    }

    mutating func write(_ piece: some StringProtocol) {
        text += piece
    }

    mutating func write<Element>(
        _ elements: some Collection<Element>,
        separator: String = ", ",
        _ writeElement: (inout SyntaxPrinter, Element) -> Void
    ) {
        for (index, element) in elements.enumerated() {
            if index > 0 { write(separator) }
            writeElement(&self, element)
        }
    }

    mutating func write(_ path: [Identifier]) {
        write(path, separator: ".") { $0.write($1.spelling) }
    }
}
