// SPDX-License-Identifier: Apache-2.0

/// Text with `{{name}}` places.
struct PromptText {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The text with each place filled. What is filled in is not looked at again, so a value cannot open a place.
    func filled(_ value: (String) -> String) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.range(ofText: "{{"), let close = rest[open.upperBound...].range(ofText: "}}") {
            output += rest[..<open.lowerBound]
            output += value(String(rest[open.upperBound..<close.lowerBound]).trimmingSpaces())
            rest = rest[close.upperBound...]
        }
        return output + rest
    }
}

extension Substring {
    /// The first place of two characters.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        let start = drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return String(start[...last])
    }
}
