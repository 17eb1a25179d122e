// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

@Suite("Lists in a file that people write are changed and nothing else")
struct YAMLEditorTests {
    private func edit(_ text: String, _ key: String, _ names: [String]) throws -> String {
        var editor = YAMLEditor(text, file: "m.yaml")
        try editor.set(key, to: names)
        return editor.text
    }

    private static let edits: [(String, [String], String)] = [
        // A list on one line.
        ("k: [a, b] # why\nz: 1\n", ["a", "b", "c"], "k: [a, b, c] # why\nz: 1\n"),
        ("k: [a, b, c]\n", ["b", "c"], "k: [b, c]\n"),
        ("k: [a, b, c]\n", ["a", "c"], "k: [a, c]\n"),
        ("k: [a, b, c]\n", ["a", "b"], "k: [a, b]\n"),
        ("k: [a, b, c]\n", ["a"], "k: [a]\n"),
        ("k: [a]\n", [], "k: []\n"),
        ("k: []\n", ["a", "b"], "k: [a, b]\n"),
        ("k: [a,b]\n", ["b", "c"], "k: [b, c]\n"),
        ("k: [a, b]\n", ["c"], "k: [c]\n"),
        ("k: [ \"a\", 'b' ]\n", ["b", "x*"], "k: [ 'b', \"x*\" ]\n"),
        // One over several lines.
        ("k: [\n  a, # first\n  b, # second\n]\n", ["b", "c"], "k: [\n   # first\n  b, c, # second\n]\n"),
        ("k: [\n  # above\n  a,\n  b\n]\n", ["b"], "k: [\n  # above\n  b\n]\n"),
        ("k: [\n  a,\n  b\n]\n", ["a"], "k: [\n  a,\n]\n"),
        // One of lines with dashes.
        (
            "k:\n  - a # first\n  # above\n  - b\nz: 1\n", ["a", "b", "c"],
            "k:\n  - a # first\n  # above\n  - b\n  - c\nz: 1\n"
        ),
        ("k:\n  - a # first\n  # above\n  - b\nz: 1\n", ["b"], "k:\n  # above\n  - b\nz: 1\n"),
        ("k:\n- a\n- b", ["b", "c"], "k:\n- b\n- c\n"),
        ("k: # list\n  - a\n", [], "k: [] # list\n"),
        ("k:\r\n    -   a\r\n", ["a", "b"], "k:\r\n    -   a\r\n    -   b\r\n"),
        // One that is not there.
        ("", ["a"], "k: [a]\n"),
        ("# nothing\n", ["a", "b"], "# nothing\nk: [a, b]\n"),
        ("z: 1", ["a"], "z: 1\nk: [a]\n"),
        ("---\nz: 1\n", ["a"], "---\nz: 1\nk: [a]\n"),
        ("  z: 1\n  y: 2\n", ["a"], "  z: 1\n  y: 2\n  k: [a]\n"),
        ("z: \"é\" # 💡\nk: [a] # é\n", ["a", "b"], "z: \"é\" # 💡\nk: [a, b] # é\n"),
        // Nothing to do.
        ("k:   [ a ]   # so\n", ["a"], "k:   [ a ]   # so\n"),
    ]

    @Test("Names are added and removed in the style of the list", arguments: edits)
    func edit(text: String, names: [String], expected: String) throws {
        #expect(try edit(text, "k", names) == expected)
    }

    private static let refused = [
        ("k: a\n", "m.yaml:1:4: "), ("k:\n", "m.yaml:1:"), ("k: [\"a\\x62\", c]\n", "m.yaml:1:4: "),
        ("k: [a b, c]\n", "m.yaml:1:4: "), ("k: [b, a, b]\n", "m.yaml:1:4: "),
        ("k:\n  - >\n    a\n  - c\n", "m.yaml:2:3: "),
        ("z: 1\n...\n", "m.yaml:1:1: "), ("{z: 1}\n", "m.yaml:1:1: "),
    ]

    @Test("A list that is written in another way stays as it is, and the error says what to write", arguments: refused)
    func refusal(text: String, place: String) {
        var editor = YAMLEditor(text, file: "m.yaml")
        let error = #expect(throws: MegaraptorError.self) { try editor.set("k", to: ["b", "x*"]) }
        #expect(error?.message.hasPrefix(place) == true, "\(error?.message ?? "")")
        #expect(error?.hint == "Write it by hand: k: [b, \"x*\"]")
        #expect(editor.text == text)
    }

    // MARK: - Many layouts

    private struct Layout {
        var text: String
        var items: [String]
    }

    /// A file with a list somewhere in it, in one of the ways in which people write such files.
    private func makeLayout(_ random: inout SplitMix) -> Layout {
        let items = ["a", "bb", "c.d", "e-f", "g_h"].filter { _ in random.next() % 2 == 0 }
        let written = items.map { item in ["\(item)", "\"\(item)\"", "'\(item)'"][random.below(3)] }
        let note = { (random: inout SplitMix) in random.below(3) == 0 ? "  # note \(random.below(1000)), é" : "" }
        var list: String
        if items.isEmpty || random.below(2) == 0 {
            let separator = [", ", ",", " ,  "][random.below(3)]
            list = " [\(written.joined(separator: separator))]\(note(&random))\n"
            if random.below(3) == 0, !items.isEmpty {
                list = " [\(note(&random))\n"
                for (place, item) in written.enumerated() {
                    list += "    \(item)\(place < written.count - 1 ? "," : "")\(note(&random))\n"
                }
                list += "  ]\n"
            }
        } else {
            let margin = String(repeating: " ", count: random.below(4))
            list = "\(note(&random))\n"
            for item in written {
                if random.below(4) == 0 { list += "\(margin)# above \(random.below(1000))\n" }
                list += "\(margin)-\(String(repeating: " ", count: 1 + random.below(3)))\(item)\(note(&random))\n"
            }
        }
        let before = ["", "# top\n\n", "x: 1 # x\n", "x:\n  y: [q]  # deep\n", "---\n"][random.below(5)]
        let after = ["", "z: |\n  text # no comment\n\n", "# end", "\n\nz: {w: [a, bb]}\n"][random.below(4)]
        var text = "\(before)k:\(list)\(after)"
        if random.below(4) == 0 { text = text.replacing("\n", with: "\r\n") }
        return Layout(text: text, items: items)
    }

    @Test("In 5,000 layouts only the list changes, and every comment and every other line stays", arguments: [1, 2])
    func layouts(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<2500 {
            let layout = makeLayout(&random)
            var names = layout.items.filter { _ in random.below(3) > 0 }
            if random.below(2) == 0 { names += ["new", "x*"].prefix(1 + random.below(2)) }
            let before = try YAMLDocument.parse(layout.text, file: "m.yaml").json
            let edited = try edit(layout.text, "k", names)
            var wanted = try #require(before.objectValue)
            wanted["k"] = .array(names.map(JSONValue.string))
            #expect(try YAMLDocument.parse(edited, file: "m.yaml").json == .object(wanted), "\(layout.text)")
            // A removed line takes its own comment with it; nothing else is lost.
            let removed = layout.items.count { !names.contains($0) }
            let lost = comments(layout.text).filter { !comments(edited).contains($0) }
            #expect(lost.count <= removed, "\(layout.text)\n\(edited)")
            #expect(lost.allSatisfy { $0.hasPrefix("# note") }, "\(layout.text)\n\(edited)")
            #expect(edited.contains("\r\n") == layout.text.contains("\r\n"))
            if names == layout.items { #expect(edited == layout.text) }
        }
    }

    private func comments(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isNewline).compactMap { line in line.firstIndex(of: "#").map { line[$0...] } }
    }
}

/// A generator whose run can be repeated.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
