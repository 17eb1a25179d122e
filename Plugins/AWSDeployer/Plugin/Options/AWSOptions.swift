// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The deployer's own inputs.
@dynamicMemberLookup
struct AWSOptions: Codable, Sendable {
    /// What all clouds have; its members can be read as if they were one's own.
    var common: CloudOptions
    var awsProfile: String?
    var availabilityZone: String?
    var endpointURL: String?

    private enum CodingKeys: String, CodingKey {
        case awsProfile = "aws_profile"
        case availabilityZone = "availability_zone"
        case endpointURL = "endpoint_url"
    }

    init(from decoder: any Decoder) throws {
        common = try CloudOptions(from: decoder)
        let own = try decoder.container(keyedBy: CodingKeys.self)
        awsProfile = try own.decodeIfPresent(String.self, forKey: .awsProfile)
        availabilityZone = try own.decodeIfPresent(String.self, forKey: .availabilityZone)
        endpointURL = try own.decodeIfPresent(String.self, forKey: .endpointURL)
    }

    func encode(to encoder: any Encoder) throws {
        try common.encode(to: encoder)
        var own = encoder.container(keyedBy: CodingKeys.self)
        try own.encodeIfPresent(awsProfile, forKey: .awsProfile)
        try own.encodeIfPresent(availabilityZone, forKey: .availabilityZone)
        try own.encodeIfPresent(endpointURL, forKey: .endpointURL)
    }

    /// - Throws: `invalidArgument` for what cannot be read, and for a subnet without its network or the reverse: the
    ///   firewall belongs to the one and the machine into the other.
    init(_ json: JSONValue) throws(MegaraptorError) {
        self = try json.options(of: "aws")
        guard (common.networkID == nil) == (common.subnetID == nil) else {
            throw MegaraptorError(
                .invalidArgument,
                "network_id and subnet_id belong together, and only one of them is given.",
                hint: "Give both, or neither: then a network of its own is made."
            )
        }
    }

    subscript<Value>(dynamicMember path: KeyPath<CloudOptions, Value>) -> Value { common[keyPath: path] }
}
