// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

/// A query and what the analysis must say of it.
struct VerdictCase: Sendable, CustomTestStringConvertible {
    let query: String
    let verdict: QueryVerdict

    var testDescription: String { query }

    static let all: [VerdictCase] =
        cases(plainReads, .readsInvestigation) + cases(trickyReads, .readsInvestigation)
        + cases(serverReads, .readsServer) + cases(serverReadAttempts, .readsServer)
        + cases(plainChanges, .changes) + cases(changeAttempts, .changes) + cases(opaqueAttempts, .unknown)

    /// Those that try to look better than they are.
    static let attempts: [VerdictCase] =
        cases(serverReadAttempts, .readsServer) + cases(changeAttempts, .changes) + cases(opaqueAttempts, .unknown)

    /// One query to a line.
    private static func cases(_ lines: String, _ verdict: QueryVerdict) -> [VerdictCase] {
        lines.split(separator: "\n").map { VerdictCase(query: String($0), verdict: verdict) }
    }
}
