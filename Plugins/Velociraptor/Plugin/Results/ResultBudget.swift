// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

/// How many bytes of rows one result may hold: what a model can read, not what the server can send.
struct ResultBudget: Sendable, Hashable {
    /// What a result may hold where the call does not say.
    static let standard = 24 << 10
    /// Less would not hold a result's own words.
    static let least = 2 << 10

    let bytes: Int

    /// - Parameters:
    ///   - asked: what the call wants; more than the operator allows is cut to that.
    ///   - cap: the most that the operator allows.
    init(asked: Int? = nil, cap: Int) {
        bytes = max(Self.least, min(asked ?? Self.standard, cap))
    }
}
