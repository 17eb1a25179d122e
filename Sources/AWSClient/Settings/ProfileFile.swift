// SPDX-License-Identifier: Apache-2.0

/// A configuration file of the AWS tools, read: sections with settings, and settings within settings.
struct ProfileFile: Sendable {
    /// One section's settings. A setting within another has the name `outer.inner`.
    typealias Section = [String: String]

    /// By heading, without quotes around the name: `default`, `profile main`, `sso-session team`.
    private(set) var sections: [String: Section] = [:]

    init(_ text: String) {
        var section: String?
        var outer: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let content = Self.trimmed(line)
            guard !content.isEmpty, !content.hasPrefix("#"), !content.hasPrefix(";") else { continue }
            if content.hasPrefix("[") {
                section = Self.heading(content)
                outer = nil
                if let section, sections[section] == nil { sections[section] = [:] }
                continue
            }
            guard let section, let (name, value) = Self.setting(content) else { continue }
            if line.first == " " || line.first == "\t" {
                guard let outer else { continue }
                sections[section]?["\(outer).\(name)"] = value
            } else {
                sections[section]?[name] = value
                // What is indented below belongs to a setting without a value of its own.
                outer = value.isEmpty ? name : nil
            }
        }
    }

    private static func heading(_ line: Substring) -> String? {
        guard let end = line.firstIndex(of: "]") else { return nil }
        let words = line[line.index(after: line.startIndex)..<end].split(maxSplits: 1) { $0 == " " || $0 == "\t" }
        guard words.count == 2 else { return words.first.map(String.init) }
        let name = trimmed(words[1])
        // A name with blanks is written in quotes.
        let isQuoted = name.count > 1 && name.first == name.last && (name.first == "\"" || name.first == "'")
        return "\(words[0]) \(isQuoted ? name.dropFirst().dropLast() : name)"
    }

    private static func setting(_ line: Substring) -> (name: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = trimmed(line[..<equals]).lowercased()
        var value = trimmed(line[line.index(after: equals)...])
        // A comment after a value begins with a blank, so that values may hold its marks.
        for mark in [" #", " ;", "\t#", "\t;"] {
            if let comment = value.firstRange(of: mark) { value = trimmed(value[..<comment.lowerBound]) }
        }
        return name.isEmpty ? nil : (name, String(value))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return start[...last]
    }
}
