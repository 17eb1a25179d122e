// SPDX-License-Identifier: Apache-2.0

extension Guide {
    /// One file that needs nothing else, and is XML too.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>\(title.parts.map { HTML.escape($0.text) }.joined())</title>
        <style>
        body { font: 16px/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; }
        code, pre { font-family: monospace; background: #f2f2f2; }
        pre { padding: 0.7em; overflow-x: auto; }
        table { border-collapse: collapse; }
        th, td { border: 1px solid #aaa; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
        </style>
        </head>
        <body>
        <h1>\(title.html)</h1>
        \(blocks.map(\.html).joined(separator: "\n"))
        </body>
        </html>

        """
    }
}

private enum HTML {
    static func escape(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: String(character)
            }
        }.joined()
    }
}

extension Guide.Block {
    fileprivate var html: String {
        switch self {
        case .heading(let text): "<h2>\(text.html)</h2>"
        case .paragraph(let text): "<p>\(text.html)</p>"
        case .steps(let items): Self.list("ol", items)
        case .points(let items): Self.list("ul", items)
        case .code(let text): "<pre>\(HTML.escape(text))</pre>"
        case .table(let head, let rows):
            "<table>\n\(Self.row("th", head))\n\(rows.map { Self.row("td", $0) }.joined(separator: "\n"))\n</table>"
        }
    }

    private static func list(_ tag: String, _ items: [Prose]) -> String {
        "<\(tag)>\n" + items.map { "<li>\($0.html)</li>\n" }.joined() + "</\(tag)>"
    }

    private static func row(_ tag: String, _ cells: [Prose]) -> String {
        "<tr>" + cells.map { "<\(tag)>\($0.html)</\(tag)>" }.joined() + "</tr>"
    }
}

extension Prose {
    fileprivate var html: String {
        parts.map { $0.isCode ? "<code>\(HTML.escape($0.text))</code>" : HTML.escape($0.text) }.joined()
    }
}
