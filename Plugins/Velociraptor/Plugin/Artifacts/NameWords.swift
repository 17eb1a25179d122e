// SPDX-License-Identifier: Apache-2.0

/// The words of a text, in lower case: runs of letters and digits.
enum NameWords {
    static func plain(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The words of an identifier: those of ``plain(_:)``, and the parts of what is written together with capitals.
    ///
    /// `Windows.EventLogs.RDPAuth` has windows, eventlogs, event, logs, rdpauth, rdp and auth.
    static func ofName(_ name: String) -> Set<String> {
        var words = Set(plain(name))
        for run in name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            for part in parts(of: Array(run)) { words.insert(part.lowercased()) }
        }
        return words
    }

    /// A part begins at a capital after a small letter, and at the last of several capitals before a small letter.
    private static func parts(of characters: [Character]) -> [String] {
        var parts: [String] = []
        var start = 0
        for index in characters.indices.dropFirst() where characters[index].isUppercase {
            let followsSmall = !characters[index - 1].isUppercase
            let precedesSmall = index + 1 < characters.count && characters[index + 1].isLowercase
            if followsSmall || precedesSmall {
                parts.append(String(characters[start..<index]))
                start = index
            }
        }
        return parts + [String(characters[start...])]
    }
}
