// SPDX-License-Identifier: Apache-2.0

extension Guide {
    var markdown: String {
        (["# \(title.markdown)"] + blocks.map(\.markdown)).joined(separator: "\n\n") + "\n"
    }
}

extension Guide.Block {
    fileprivate var markdown: String {
        switch self {
        case .heading(let text): "## \(text.markdown)"
        case .paragraph(let text): text.markdown
        case .steps(let items): items.enumerated().map { "\($0.offset + 1). \($0.element.markdown)" }.lines
        case .points(let items): items.map { "* \($0.markdown)" }.lines
        case .code(let text): "```\n\(text)\n```"
        case .table(let head, let rows):
            ([Self.row(head), Self.row(head.map { _ in "---" as Prose })] + rows.map(Self.row)).lines
        }
    }

    private static func row(_ cells: [Prose]) -> String {
        "| " + cells.map { $0.markdown(inTable: true) }.joined(separator: " | ") + " |"
    }
}

extension Prose {
    fileprivate var markdown: String { markdown(inTable: false) }

    fileprivate func markdown(inTable: Bool) -> String {
        parts.map { part in
            guard part.isCode else {
                return part.text.map { "\\`*_<[]|".contains($0) ? "\\\($0)" : String($0) }.joined()
            }
            // A bar ends a table's cell even in code, and a backtick inside needs more of them outside.
            let text = part.text.map { $0 == "|" && inTable ? "\\|" : String($0) }.joined()
            return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
        }.joined()
    }
}

extension [String] {
    fileprivate var lines: String { joined(separator: "\n") }
}
