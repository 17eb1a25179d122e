// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// The characters of a file under the hands of ``YAMLEditor``. Where the looks of a list are unknown to it, it gives up.
struct YAMLListEdit {
    private var scalars: [Unicode.Scalar]
    /// Where each line begins.
    private let lines: [Int]
    private let root: YAMLNode

    /// - Parameter root: what the reader found in `text`.
    init(_ text: String, root: YAMLNode) {
        scalars = Array(text.unicodeScalars)
        self.root = root
        lines = Self.lines(scalars)
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// - Returns: whether the list could be edited; what became of it is for the caller to check.
    mutating func set(_ key: String, to names: [String]) -> Bool {
        guard let entry = root.entry(key) else {
            add(key, names)
            return true
        }
        guard let elements = entry.value.elements else { return false }
        var spans: [Range<Int>] = []
        for element in elements {
            guard let span = word(at: offset(element.position)) else { return false }
            spans.append(span)
        }
        let old = elements.map { element -> String in
            guard case .scalar(.string(let text)) = element.content else { return "" }
            return text
        }
        let gone = old.indices.filter { !names.contains(old[$0]) }
        let new = names.filter { !old.contains($0) }
        let start = offset(entry.value.position)
        guard scalars[safe: start] == "[" else { return editBlock(entry, spans, removing: gone, adding: new) }
        editFlow(start, spans, removing: gone, adding: new)
        return true
    }

    /// A key with a list, on one line.
    static func entry(_ key: String, _ names: [String]) -> String {
        "\(key): [\(names.map(YAMLText.inline).joined(separator: ", "))]"
    }

    // MARK: - A key that is missing

    private mutating func add(_ key: String, _ names: [String]) {
        if let last = scalars.last, !Self.endsLine(last) { append(lineEnd) }
        let margin = root.entries?.first.map { $0.keyPosition.column - 1 } ?? 0
        append(String(repeating: " ", count: margin) + Self.entry(key, names) + lineEnd)
    }

    // MARK: - [a, b]

    private mutating func editFlow(
        _ bracket: Int,
        _ spans: [Range<Int>],
        removing gone: [Int],
        adding new: [String]
    ) {
        // From the back, so that places before stay right.
        if !new.isEmpty {
            let end = spans.last?.upperBound ?? bracket + 1
            replace(end..<end, (spans.isEmpty ? "" : ", ") + new.map(YAMLText.inline).joined(separator: ", "))
        }
        for index in gone.reversed() {
            var range = spans[index]
            if let comma = comma(after: range.upperBound) {
                range = range.lowerBound..<comma + 1
            } else if index > 0, isPlainGap(spans[index - 1].upperBound..<range.lowerBound) {
                range = spans[index - 1].upperBound..<range.upperBound
            }
            replace(clearing(range), "")
        }
    }

    private func isPlainGap(_ range: Range<Int>) -> Bool {
        scalars[range].allSatisfy { $0 == "," || $0 == " " }
    }

    /// The comma that ends an element, past blanks, line ends and comments.
    private func comma(after place: Int) -> Int? {
        var place = place
        while let scalar = scalars[safe: place], scalar == " " || scalar == "#" || Self.endsLine(scalar) {
            place = scalar == "#" ? endOfLine(place) : place + 1
        }
        return scalars[safe: place] == "," ? place : nil
    }

    /// The range with the blanks after it, and the whole line where nothing else is on it.
    private func clearing(_ range: Range<Int>) -> Range<Int> {
        let end = scalars[range.upperBound...].firstIndex { $0 != " " } ?? scalars.count
        let line = startOfLine(range.lowerBound)..<endOfLine(range.upperBound)
        let isAlone = scalars[line.lowerBound..<range.lowerBound].allSatisfy { $0 == " " }
        if isAlone, scalars[safe: end].map(Self.endsLine) ?? true { return line }
        // A comment keeps its distance to what is before it.
        return range.lowerBound..<(scalars[safe: end] == "#" ? range.upperBound : end)
    }

    // MARK: - Lines with dashes

    private mutating func editBlock(
        _ entry: YAMLNode.Entry,
        _ spans: [Range<Int>],
        removing gone: [Int],
        adding new: [String]
    ) -> Bool {
        guard let last = spans.last else { return false }
        if !new.isEmpty {
            let start = startOfLine(last.lowerBound)
            let dash = String(String.UnicodeScalarView(scalars[start..<last.lowerBound]))
            guard dash.allSatisfy({ $0 == " " || $0 == "-" }) else { return false }
            var end = endOfLine(last.upperBound)
            if end == scalars.count, !Self.endsLine(scalars[end - 1]) {
                append(lineEnd)
                end = scalars.count
            }
            replace(end..<end, new.map { dash + YAMLText.inline($0) + lineEnd }.joined())
        }
        for index in gone.reversed() {
            replace(startOfLine(spans[index].lowerBound)..<endOfLine(spans[index].upperBound), "")
        }
        if new.isEmpty, gone.count == spans.count {
            // Without its lines the key would stand for null.
            let colon = offset(entry.keyPosition) + entry.key.unicodeScalars.count
            guard scalars[safe: colon] == ":" else { return false }
            replace(colon + 1..<colon + 1, " []")
        }
        return true
    }

    // MARK: - Places

    private func offset(_ position: YAMLPosition) -> Int {
        (lines.indices.contains(position.line - 1) ? lines[position.line - 1] : scalars.count) + position.column - 1
    }

    /// A single word, bare or in quotes without escapes, that begins here.
    private func word(at start: Int) -> Range<Int>? {
        guard let first = scalars[safe: start] else { return nil }
        guard first == "\"" || first == "'" else {
            let end = scalars[start...].firstIndex { !Self.isPlain($0) } ?? scalars.count
            return start < end ? start..<end : nil
        }
        guard let end = scalars[(start + 1)...].firstIndex(where: { $0 == first || $0 == "\\" || Self.endsLine($0) }),
            scalars[end] == first, scalars[safe: end + 1] != first
        else { return nil }
        return start..<end + 1
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "*": true
        default: false
        }
    }

    private func startOfLine(_ place: Int) -> Int {
        (scalars[..<place].lastIndex(where: Self.endsLine) ?? -1) + 1
    }

    /// Where the next line begins.
    private func endOfLine(_ place: Int) -> Int {
        guard let end = scalars[place...].firstIndex(where: Self.endsLine) else { return scalars.count }
        return scalars[end] == "\r" && scalars[safe: end + 1] == "\n" ? end + 2 : end + 1
    }

    /// How the file ends its lines.
    private var lineEnd: String {
        guard let first = scalars.firstIndex(of: "\n"), first > 0, scalars[first - 1] == "\r" else { return "\n" }
        return "\r\n"
    }

    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    /// Lines as the reader counts them.
    private static func lines(_ scalars: [Unicode.Scalar]) -> [Int] {
        var starts = [0]
        for (place, scalar) in scalars.enumerated() where endsLine(scalar) {
            if scalar == "\r", scalars[safe: place + 1] == "\n" { continue }
            starts.append(place + 1)
        }
        return starts
    }

    private mutating func replace(_ range: Range<Int>, _ text: String) {
        scalars.replaceSubrange(range, with: text.unicodeScalars)
    }

    private mutating func append(_ text: String) { scalars.append(contentsOf: text.unicodeScalars) }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
