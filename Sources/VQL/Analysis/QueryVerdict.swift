// SPDX-License-Identifier: Apache-2.0

/// What running a query amounts to. The later a case stands, the less may be presumed.
public enum QueryVerdict: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// It reckons, or reads what investigations gathered: clients, flows, hunts, results, artifacts.
    case readsInvestigation
    /// It reads the server's own machine, secrets or network: files, processes, environment, HTTP, DNS.
    case readsServer
    /// It changes something, starts something, or sends data out.
    case changes
    /// What it does cannot be told from its text.
    case unknown

    public static func < (left: QueryVerdict, right: QueryVerdict) -> Bool {
        left.rawValue < right.rawValue
    }
}
