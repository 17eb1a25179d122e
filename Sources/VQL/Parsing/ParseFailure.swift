// SPDX-License-Identifier: Apache-2.0

/// Why a production did not match, cheap enough to be thrown and forgotten at every optional part.
struct ParseFailure: Error {
    enum Reason {
        case unexpected(Expectation?)
        case nestedTooDeeply(limit: Int)
    }

    /// Index of the token that did not fit.
    let token: Int
    let reason: Reason

    /// Whether no alternative may be tried any more, however little was consumed.
    var isFinal: Bool {
        if case .nestedTooDeeply = reason { true } else { false }
    }
}
