// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// When a certificate may be used, both ends included. Unix seconds.
public struct Validity: Sendable, Hashable {
    public var notBefore: Int64
    public var notAfter: Int64

    /// How long before now a new certificate begins, for machines whose clocks are late.
    private static let clockTolerance: Int64 = 300

    public init(notBefore: Int64, notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// From a few minutes ago to `days` days from now.
    public static func days(_ days: Int64) -> Validity { hours(24 * days) }

    /// From a few minutes ago to `hours` hours from now.
    public static func hours(_ hours: Int64) -> Validity {
        let now = Int64(time(nil))
        return Validity(notBefore: now - clockTolerance, notAfter: now + hours * 3600)
    }

    public func contains(_ unixSeconds: Int64) -> Bool {
        notBefore <= unixSeconds && unixSeconds <= notAfter
    }
}
