// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A region, and the partition of AWS that it lies in.
public struct AWSRegion: Sendable, Hashable, CustomStringConvertible {
    public let name: String
    /// `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN there.
    public let partition: String
    /// What the names of hosts end in.
    let domain: String

    /// - Throws: `invalid_argument` for what cannot be a region: it becomes a part of a host's name.
    public init(_ name: String) throws(MegaraptorError) {
        let isName = !name.isEmpty && name.utf8.count <= 40 && name.first != "-" && name.last != "-"
        let isPlain = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        guard isName, isPlain else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(name.prefix(40))\" is no region.",
                hint: "A region is written like eu-central-1."
            )
        }
        self.name = name
        if name.hasPrefix("cn-") {
            (partition, domain) = ("aws-cn", "amazonaws.com.cn")
        } else if name.hasPrefix("us-gov-") {
            (partition, domain) = ("aws-us-gov", "amazonaws.com")
        } else {
            (partition, domain) = ("aws", "amazonaws.com")
        }
    }

    public var description: String { name }
}
