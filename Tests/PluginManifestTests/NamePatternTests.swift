// SPDX-License-Identifier: Apache-2.0

import PluginManifest
import Testing

@Suite("Names and patterns with *")
struct NamePatternTests {
    private static let cases: [(String, matching: [String], others: [String])] = [
        ("run_vql", ["run_vql"], ["run_vq", "run_vqll", "RUN_VQL", ""]),
        ("run_*", ["run_", "run_vql"], ["ru_n", "xrun_vql"]),
        ("*_client", ["_client", "label_client"], ["label_clients", "client"]),
        ("l*_*t", ["l_t", "label_client"], ["label_clients", "lt"]),
        ("*", ["", "x"], []),
        ("**", ["", "x"], []),
        ("a**b", ["ab", "axb"], ["a", "abx"]),
        ("*ab*ab*", ["abab", "xabxabx"], ["aba", "xab"]),
        ("", [""], ["x"]),
        ("a.c", ["a.c"], ["abc"]),
        ("[a]?", ["[a]?"], ["a", "ab"]),
        ("é*", ["é", "éa"], ["e"]),
    ]

    @Test("Only * is special, and it stands for any text", arguments: cases)
    func matching(text: String, matching: [String], others: [String]) {
        let pattern = NamePattern(text)
        #expect(matching.filter { !pattern.matches($0) } == [])
        #expect(others.filter { pattern.matches($0) } == [])
    }

    @Test("A pattern of many stars against a long name that does not fit comes to an end")
    func stars() {
        let pattern = NamePattern(String(repeating: "a*", count: 60) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5000)))
    }
}
