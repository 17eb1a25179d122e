// SPDX-License-Identifier: Apache-2.0

/// The judgements of all symbols that were looked at one by one.
enum JudgementTable {
    /// By name, or by `function:name` and `plugin:name` where the two differ.
    static let builtins = judgements(
        [
            named(pureNames, .readsInvestigation, "computes with what it is given"),
            named(readingNames, .readsInvestigation, "reads investigation data"),
            phrased(serverLines, .readsServer),
            phrased(changingLines, .changes),
            phrased(opaqueLines, .unknown),
        ]
    )

    static let accessors = judgements(
        [
            phrased(readingAccessorLines, .readsInvestigation),
            phrased(serverAccessorLines, .readsServer),
            phrased(opaqueAccessorLines, .unknown),
        ]
    )

    private typealias Named = (name: String, judgement: Judgement)

    /// Of two judgements of one name the worse stays.
    private static func judgements(_ lists: [[Named]]) -> [String: Judgement] {
        Dictionary(lists.joined().map { ($0.name, $0.judgement) }) { $0.verdict < $1.verdict ? $1 : $0 }
    }

    private static func named(_ names: String, _ verdict: QueryVerdict, _ phrase: String) -> [Named] {
        names.split { $0 == " " || $0 == "\n" }.map { (String($0), Judgement(verdict: verdict, phrase: phrase)) }
    }

    /// Reads `name name …|phrase`; `@` before a name says that it can read a text instead of a file.
    private static func phrased(_ lines: String, _ verdict: QueryVerdict) -> [Named] {
        lines.split(separator: "\n").flatMap { line -> [Named] in
            let fields = line.split(separator: "|", maxSplits: 1)
            return fields[0].split(separator: " ").map { name in
                let canReadText = name.hasPrefix("@")
                return (
                    String(canReadText ? name.dropFirst() : name),
                    Judgement(verdict: verdict, phrase: String(fields[1]), canReadGivenText: canReadText)
                )
            }
        }
    }
}
