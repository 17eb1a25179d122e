// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What one check found.
struct Finding: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case pass = "PASS"
        case fail = "FAIL"
        case crash = "CRASH"
        case skip = "SKIP"
        case warn = "WARN"

        var isBad: Bool { self == .fail || self == .crash }
    }

    var verdict: Verdict
    var sentence: String

    static func pass(_ sentence: String) -> Finding { Finding(verdict: .pass, sentence: sentence) }
    static func fail(_ sentence: String) -> Finding { Finding(verdict: .fail, sentence: sentence) }
    static func crash(_ sentence: String) -> Finding { Finding(verdict: .crash, sentence: sentence) }
    static func skip(_ sentence: String) -> Finding { Finding(verdict: .skip, sentence: sentence) }
    static func warn(_ sentence: String) -> Finding { Finding(verdict: .warn, sentence: sentence) }

    var json: JSONValue { ["verdict": .string(verdict.rawValue), "sentence": .string(sentence)] }
}

extension Finding {
    init?(json: JSONValue) {
        guard let verdict = json["verdict"]?.stringValue.flatMap(Verdict.init),
            let sentence = json["sentence"]?.stringValue
        else { return nil }
        self.init(verdict: verdict, sentence: sentence)
    }
}
