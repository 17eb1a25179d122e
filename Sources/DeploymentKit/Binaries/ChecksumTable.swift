// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// The SHA-256 sums that an operator trusts, by file name. This product brings none: nobody it could trust has published
/// them in a form that it could check.
public struct ChecksumTable: Sendable, Hashable {
    private let sums: [String: String]

    /// - Parameter sums: file names such as `velociraptor-v0.77.2-linux-amd64-musl`, and 64 hexadecimal digits each.
    public init(_ sums: [String: String] = [:]) throws(MegaraptorError) {
        var checked: [String: String] = [:]
        for (name, sum) in sums { checked[name] = try Self.sum(sum) }
        self.sums = checked
    }

    public subscript(asset: ReleaseAsset) -> String? { sums[asset.fileName] }

    /// A SHA-256 in lower case.
    public static func sum(_ text: String) throws(MegaraptorError) -> String {
        let sum = text.lowercased()
        guard Hexadecimal.decode(sum.utf8)?.count == 32 else {
            throw MegaraptorError(.invalidArgument, "A SHA-256 has 64 hexadecimal digits.")
        }
        return sum
    }

    /// Why nothing is fetched without a sum, and how to get one.
    static func missing(_ asset: ReleaseAsset) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "There is no SHA-256 for \(asset.fileName), and a program is not fetched without one.",
            hint: """
                Read it on https://docs.velociraptor.app/downloads/, or fetch \(asset.fileName) and its .sig elsewhere, run \
                `gpg --verify \(asset.fileName).sig` against the key \(vendorKey), then `sha256sum \(asset.fileName)`. \
                Give it as sha256, or in the table of checksums.
                """
        )
    }

    /// With which the vendor signs each file.
    static let vendorKey = "0572F28B4EF19A043F4CBBE0B22A7FB19CB6CFA1"
}
