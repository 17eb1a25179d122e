// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// What the names of labels may be, for clients and for the conditions of hunts.
enum LabelNames {
    static let longest = 100

    /// The labels without those that stand there twice. The server takes upper and lower case for the same.
    ///
    /// - Throws: `invalid_argument` for a label that is empty, too long, padded, or holds control characters.
    static func checked(_ labels: [String]) throws(MegaraptorError) -> [String] {
        var known: Set<String> = []
        for label in labels {
            let hasControls = label.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard !label.isEmpty, label == label.trimmed, label.count <= longest, !hasControls else {
                throw MegaraptorError(
                    .invalidArgument,
                    "`\(VisibleText.escape(label))` cannot be a label.",
                    hint: """
                        A label has 1 to \(longest) characters, no control characters, and no white space at its ends.
                        """
                )
            }
        }
        return labels.filter { known.insert($0.lowercased()).inserted }
    }

    /// Whether both name the same labels, in any order and case.
    static func same(_ one: [String], _ other: [String]) -> Bool {
        Set(one.map { $0.lowercased() }) == Set(other.map { $0.lowercased() })
    }
}
