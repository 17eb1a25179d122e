// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue

/// Answers what the server asks of a person.
struct PersonAtTerminal: Sendable {
    /// Where the answers are typed.
    let input: Int32
    /// Whether the person has said yes beforehand.
    let agreesToAll: Bool

    /// The result of an elicitation: only yes and no can be answered here.
    func answer(_ question: JSONValue) -> JSONValue {
        let properties = question["requestedSchema"]?["properties"]?.objectValue ?? [:]
        guard properties.allSatisfy({ $0.value["type"] == "boolean" }) else {
            tell("The tool asks something that cannot be answered here: \(text(of: question))\n")
            return ["action": "decline"]
        }
        guard agreesToAll || agrees(to: question) else { return ["action": "decline"] }
        return ["action": "accept", "content": .object(JSONObject(properties.map { ($0.key, true) }))]
    }

    private func agrees(to question: JSONValue) -> Bool {
        guard isatty(input) == 1 else {
            tell("Not asked, because there is no terminal: \(text(of: question))\nRepeat it with --yes to agree.\n")
            return false
        }
        tell("\(text(of: question))\nGo ahead? [y/N] ")
        return ["y", "yes"].contains(readLine().lowercased())
    }

    private func text(of question: JSONValue) -> String { (question["message"]?.stringValue ?? "").printable }

    private func tell(_ text: String) {
        do {
            try TerminalText.write(text, to: STDERR_FILENO)
        } catch {
            // Nobody reads; the answer is then no.
        }
    }

    private func readLine() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(input, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
