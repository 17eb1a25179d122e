// SPDX-License-Identifier: Apache-2.0

/// A version of the Docker Engine API, such as 1.41.
struct APIVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    let major: Int
    let minor: Int

    /// What this deployer needs at least, and what it was written against at most.
    static let oldest = APIVersion(1, 40)
    static let newest = APIVersion(1, 51)

    init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major, minor)
    }

    static func < (left: APIVersion, right: APIVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    var description: String { "\(major).\(minor)" }

    /// The newest that both sides know; `nil` where there is none.
    static func common(engineOldest: APIVersion?, engineNewest: APIVersion) -> APIVersion? {
        let best = min(engineNewest, newest)
        return best >= oldest && best >= (engineOldest ?? best) ? best : nil
    }
}
