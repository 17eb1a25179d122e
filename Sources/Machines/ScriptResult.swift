// SPDX-License-Identifier: Apache-2.0

/// How a script ended.
package struct ScriptResult: Sendable {
    /// 128 and the signal's number for a script that was killed.
    package var status: Int32
    package var output: String
    package var errors: String

    package init(status: Int32, output: String, errors: String) {
        self.status = status
        self.output = output
        self.errors = errors
    }

    package var isSuccess: Bool { status == 0 }
    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The latest of what it complained about, for an error's cause.
    package var complaint: String {
        let text = errors.isEmpty ? output : errors
        return text.split(separator: "\n").suffix(5).joined(separator: "; ")
    }
}

/// Facts that a script tells with its function `say`, as it is in ``Script/say``.
extension ScriptResult {
    package var facts: [String: String] {
        var facts: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { facts[String(parts[0])] = String(parts[1]) }
        }
        return facts
    }
}
