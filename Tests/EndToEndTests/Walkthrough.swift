// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The commands of a document, in their order, with what it says that they print.
///
/// In a block marked `console` a line that begins with `$ ` is a command, `> ` carries it on, and the rest is its output.
struct Walkthrough {
    struct Step {
        var command: String
        /// `…` stands for any text, also over several lines.
        var expected: [String] = []

        /// What is missing in what was printed; `nil` where it is what the document says.
        func difference(from output: String) -> String? {
            var rest = output[...]
            for line in expected {
                for piece in line.split(separator: "…") {
                    guard let place = rest.firstRange(of: piece) else { return String(piece) }
                    rest = rest[place.upperBound...]
                }
            }
            return nil
        }
    }

    var steps: [Step]

    init(_ file: URL) throws {
        var steps: [Step] = []
        var isConsole = false
        for line in try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ) {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
            } else if isConsole, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isConsole, line.hasPrefix("> "), !steps.isEmpty {
                steps[steps.count - 1].command += "\n" + line.dropFirst(2)
            } else if isConsole, !steps.isEmpty {
                steps[steps.count - 1].expected.append(String(line))
            }
        }
        self.steps = steps
    }

    /// One script: the commands run in one shell, which stops at the first that fails.
    func script(marking mark: String) -> String {
        steps.map { "\($0.command)\nstatus=$?; echo \"\(mark) $status\"; [ $status = 0 ] || exit $status" }
            .joined(separator: "\n")
    }
}
