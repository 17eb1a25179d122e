// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A released version, such as `0.77.2`.
public struct VelociraptorVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let major: Int
    public let minor: Int
    public let patch: Int

    /// The one whose behaviour this product was written after.
    public static let known = VelociraptorVersion(major: 0, minor: 77, patch: 2)

    private init(major: Int, minor: Int, patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Takes three numbers, with or without a `v` before them. `latest` is none: what it means changes from day to day.
    public init(_ text: String) throws(MegaraptorError) {
        let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            (1...5).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(40))\" is not a version of Velociraptor.",
                hint: "Give one release, such as \(Self.known): its files have a checksum of their own."
            )
        }
        self.init(major: numbers[0], minor: numbers[1], patch: numbers[2])
    }

    /// The name of the release that holds its files. Up to 0.76 all patches of a series lie in one.
    public var releaseTag: String {
        (major, minor) >= (0, 77) ? "v\(self)" : "v\(major).\(minor)"
    }

    public var description: String { "\(major).\(minor).\(patch)" }

    public static func < (left: VelociraptorVersion, right: VelociraptorVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
