// SPDX-License-Identifier: Apache-2.0

/// What a query does, from the harmless to what cannot be told.
public enum QueryVerdict: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Computes, or reads what was collected and the server's records about it.
    case readsInvestigation
    /// Reads the server's own files, processes, environment, network or secrets.
    case readsServer
    /// Leaves something behind: on the server, on endpoints, or elsewhere.
    case changes
    /// Cannot tell: code that is not in the text, or names that are not known.
    case unknown

    public static func < (left: QueryVerdict, right: QueryVerdict) -> Bool {
        left.rawValue < right.rawValue
    }
}
