// SPDX-License-Identifier: Apache-2.0

import AWSClient
import JSONValue
import MegaraptorErrors
import XMLReading

extension Machines {
    struct Subnet: Sendable {
        let network: String
        let zone: String
    }

    /// A rule of a firewall that lets somebody in.
    struct Rule: Sendable, Hashable, CustomStringConvertible {
        /// `tcp`, `udp`, a number, or `-1` for all.
        var transport = "tcp"
        let port: String
        let range: String

        var description: String {
            let name = transport == "-1" ? " of every protocol" : transport == "tcp" ? "" : " of \(transport)"
            return "port \(port)\(name) for \(range)"
        }
    }

    /// - Returns: `nil` where there is none.
    func subnet(_ id: String) async throws(MegaraptorError) -> Subnet? {
        let answer = try await client.queryIfThere(.ec2, "DescribeSubnets", ["SubnetId.1": id])?.list("subnetSet").first
        guard let network = answer?.text("vpcId"), let zone = answer?.text("availabilityZone") else { return nil }
        return Subnet(network: network, zone: zone)
    }

    func hasNetwork(_ id: String) async throws(MegaraptorError) -> Bool {
        try await client.queryIfThere(.ec2, "DescribeVpcs", ["VpcId.1": id])?.list("vpcSet").isEmpty == false
    }

    func hasKeyPair(_ name: String) async throws(MegaraptorError) -> Bool {
        try await client.queryIfThere(.ec2, "DescribeKeyPairs", ["KeyName.1": name])?.list("keySet").isEmpty == false
    }

    /// The regions that the account may use.
    func regions() async throws(MegaraptorError) -> [String] {
        try await client.query(.ec2, "DescribeRegions", [:], .safe).list("regionInfo").compactMap {
            $0.text("regionName")
        }
    }

    /// Which processors a type has, as EC2 spells them; `nil` where the region has no such type.
    func architectures(_ type: String) async throws(MegaraptorError) -> [String]? {
        let answer: XMLNode?
        do {
            answer = try await client.query(.ec2, "DescribeInstanceTypes", ["InstanceType.1": type], .safe)
        } catch {
            // A type that nobody has heard of is "InvalidInstanceType".
            guard error.code == .notFound || error.details["aws_code"]?.stringValue == "InvalidInstanceType" else {
                throw error
            }
            return nil
        }
        guard let found = answer?.list("instanceTypeSet").first else { return nil }
        return found["processorInfo"]?.list("supportedArchitectures").map(\.text) ?? []
    }

    /// The zones of the region that have machines of a type, sorted. Local Zones and those of a mobile network are left
    /// out: not all that a stack has can be made there.
    func zones(_ type: String) async throws(MegaraptorError) -> [String] {
        let query: QueryParameters = [
            "LocationType": "availability-zone", "Filter.1.Name": "instance-type", "Filter.1.Value.1": type,
        ]
        let answer = try await client.query(.ec2, "DescribeInstanceTypeOfferings", query, .safe)
        let places = answer.list("instanceTypeOfferingSet").compactMap { $0.text("location") }
        return places.filter { place in
            place.dropLast() == client.region.name && place.last?.isLetter == true
        }.sorted()
    }

    /// The ports and ranges that a security group lets in; `nil` where there is none of that id.
    func rules(_ group: String) async throws(MegaraptorError) -> Set<Rule>? {
        let answer = try await client.queryIfThere(.ec2, "DescribeSecurityGroups", ["GroupId.1": group])
        guard let found = answer?.list("securityGroupInfo").first else { return nil }
        var rules: Set<Rule> = []
        for permission in found.list("ipPermissions") {
            let (from, to) = (permission.text("fromPort") ?? "all", permission.text("toPort") ?? "all")
            let port = from == to ? from : "\(from)-\(to)"
            let ranges =
                permission.list("ipRanges").compactMap { $0.text("cidrIp") }
                + permission.list("ipv6Ranges").compactMap { $0.text("cidrIpv6") }
                + permission.list("groups").compactMap { $0.text("groupId") }
                + permission.list("prefixListIds").compactMap { $0.text("prefixListId") }
            let transport = permission.text("ipProtocol") ?? "-1"
            for range in ranges { rules.insert(Rule(transport: transport, port: port, range: range)) }
        }
        return rules
    }
}
