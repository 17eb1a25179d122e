// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The deployer's own inputs.
@dynamicMemberLookup
struct AzureOptions: Codable, Sendable {
    enum Cloud: String, Codable, Sendable, CaseIterable {
        case `public` = "AzurePublic"
        case usGovernment = "AzureUSGovernment"
        case china = "AzureChina"
    }

    /// What all clouds have; its members can be read as if they were one's own.
    var common: CloudOptions
    var subscriptionID: String?
    var tenantID: String?
    var resourceGroup: String?
    var cloud: Cloud?
    var managementEndpoint: String?
    var authorityHost: String?
    var bastion: Bool?
    var encryptionAtHost: Bool?

    private enum CodingKeys: String, CodingKey {
        case cloud, bastion
        case subscriptionID = "subscription_id"
        case tenantID = "tenant_id"
        case resourceGroup = "resource_group"
        case managementEndpoint = "management_endpoint"
        case authorityHost = "authority_host"
        case encryptionAtHost = "encryption_at_host"
    }

    init(from decoder: any Decoder) throws {
        common = try CloudOptions(from: decoder)
        let own = try decoder.container(keyedBy: CodingKeys.self)
        subscriptionID = try own.decodeIfPresent(String.self, forKey: .subscriptionID)
        tenantID = try own.decodeIfPresent(String.self, forKey: .tenantID)
        resourceGroup = try own.decodeIfPresent(String.self, forKey: .resourceGroup)
        cloud = try own.decodeIfPresent(Cloud.self, forKey: .cloud)
        managementEndpoint = try own.decodeIfPresent(String.self, forKey: .managementEndpoint)
        authorityHost = try own.decodeIfPresent(String.self, forKey: .authorityHost)
        bastion = try own.decodeIfPresent(Bool.self, forKey: .bastion)
        encryptionAtHost = try own.decodeIfPresent(Bool.self, forKey: .encryptionAtHost)
    }

    func encode(to encoder: any Encoder) throws {
        try common.encode(to: encoder)
        var own = encoder.container(keyedBy: CodingKeys.self)
        try own.encodeIfPresent(subscriptionID, forKey: .subscriptionID)
        try own.encodeIfPresent(tenantID, forKey: .tenantID)
        try own.encodeIfPresent(resourceGroup, forKey: .resourceGroup)
        try own.encodeIfPresent(cloud, forKey: .cloud)
        try own.encodeIfPresent(managementEndpoint, forKey: .managementEndpoint)
        try own.encodeIfPresent(authorityHost, forKey: .authorityHost)
        try own.encodeIfPresent(bastion, forKey: .bastion)
        try own.encodeIfPresent(encryptionAtHost, forKey: .encryptionAtHost)
    }

    /// - Throws: `invalidArgument` for what cannot be read, and for a subnet that is not of the network beside it.
    init(_ json: JSONValue) throws(MegaraptorError) {
        self = try json.options(of: "azure")
        guard let network = common.networkID else { return }
        guard let subnet = common.subnetID, subnet.lowercased().hasPrefix(network.lowercased() + "/subnets/") else {
            throw MegaraptorError(
                .invalidArgument,
                "subnet_id does not name a subnet of network_id.",
                hint: "Give subnet_id as \(network)/subnets/NAME; it holds network_id, which may be left out."
            )
        }
    }

    subscript<Value>(dynamicMember path: KeyPath<CloudOptions, Value>) -> Value { common[keyPath: path] }

    /// Of the network that is given, whether by itself or as the subnet's.
    var givenNetworkID: String? {
        // A subnet's id is its network's, and two parts more.
        common.networkID ?? common.subnetID.map { "/" + $0.split(separator: "/").dropLast(2).joined(separator: "/") }
    }
}
