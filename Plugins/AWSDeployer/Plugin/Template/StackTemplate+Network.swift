// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension StackTemplate {
    var ownsNetwork: Bool { options.subnetID == nil }
    /// A server without an address of its own fetches its program through a gateway.
    var hasGateway: Bool { ownsNetwork && !options.hasPublicAddress }

    private var name: String { Self.stackName(deployment) }
    private var networkID: JSONValue { Intrinsic.ref(ownsNetwork ? "Network" : "NetworkId") }
    /// Where the machine lies.
    var subnetID: JSONValue { Intrinsic.ref(ownsNetwork ? (hasGateway ? "PrivateSubnet" : "Subnet") : "SubnetId") }
    /// Where the data volume lies, which must be beside the machine.
    var zoneName: JSONValue {
        zone == nil ? Intrinsic.attribute("Subnet", "AvailabilityZone") : Intrinsic.ref("AvailabilityZone")
    }

    /// What must be there before the machine can fetch anything.
    var waysOut: [JSONValue] {
        guard ownsNetwork else { return [] }
        return hasGateway ? ["PrivateRoute", "PrivateRouting"] : ["Route", "Routing"]
    }

    var network: [StackResource] { (ownsNetwork ? ownNetwork + gateway : []) + [firewall] }

    private var ownNetwork: [StackResource] {
        [
            StackResource(
                "Network",
                "AWS::EC2::VPC",
                "A network for this server alone.",
                [
                    "CidrBlock": "10.92.0.0/24", "EnableDnsSupport": true, "EnableDnsHostnames": true,
                    "Tags": tags.list(name),
                ]
            ),
            StackResource(
                "Subnet",
                "AWS::EC2::Subnet",
                "One subnet: the data volume cannot follow into another zone.",
                [
                    "VpcId": networkID, "CidrBlock": "10.92.0.0/26", "MapPublicIpOnLaunch": false,
                    "AvailabilityZone": zone == nil
                        ? ["Fn::Select": [0, ["Fn::GetAZs": ""]]]
                        : Intrinsic.ref("AvailabilityZone"),
                    "Tags": tags.list(name),
                ]
            ),
            StackResource(
                "InternetGateway",
                "AWS::EC2::InternetGateway",
                "The way to the internet.",
                ["Tags": tags.list(name)]
            ),
            StackResource(
                "InternetAttachment",
                "AWS::EC2::VPCGatewayAttachment",
                "Joins gateway and network.",
                ["VpcId": networkID, "InternetGatewayId": Intrinsic.ref("InternetGateway")]
            ),
        ] + routes("", subnet: "Subnet", via: ("GatewayId", "InternetGateway"), after: "InternetAttachment")
    }

    private func routes(
        _ kind: String,
        subnet: String,
        via: (key: String, target: String),
        after: String
    ) -> [StackResource] {
        [
            StackResource(
                "\(kind)RouteTable",
                "AWS::EC2::RouteTable",
                "The routes of \(subnet).",
                ["VpcId": networkID, "Tags": tags.list(name)]
            ),
            StackResource(
                "\(kind)Route",
                "AWS::EC2::Route",
                "Out by \(via.target).",
                attributes: ["DependsOn": .string(after)],
                [
                    "RouteTableId": Intrinsic.ref("\(kind)RouteTable"), "DestinationCidrBlock": "0.0.0.0/0",
                    via.key: Intrinsic.ref(via.target),
                ]
            ),
            StackResource(
                "\(kind)Routing",
                "AWS::EC2::SubnetRouteTableAssociation",
                "Joins subnet and routes.",
                ["SubnetId": Intrinsic.ref(subnet), "RouteTableId": Intrinsic.ref("\(kind)RouteTable")]
            ),
        ]
    }

    private var gateway: [StackResource] {
        guard hasGateway else { return [] }
        return [
            StackResource(
                "GatewayAddress",
                "AWS::EC2::EIP",
                "From here the server's own requests come.",
                attributes: ["DependsOn": "InternetAttachment"],
                ["Domain": "vpc", "Tags": tags.list(name)]
            ),
            StackResource(
                "NatGateway",
                "AWS::EC2::NatGateway",
                "Lets requests out and none in.",
                [
                    "SubnetId": Intrinsic.ref("Subnet"),
                    "AllocationId": Intrinsic.attribute("GatewayAddress", "AllocationId"), "Tags": tags.list(name),
                ]
            ),
            StackResource(
                "PrivateSubnet",
                "AWS::EC2::Subnet",
                "Where the server lies, in the same zone.",
                [
                    "VpcId": networkID, "CidrBlock": "10.92.0.64/26", "MapPublicIpOnLaunch": false,
                    "AvailabilityZone": zoneName, "Tags": tags.list(name),
                ]
            ),
        ] + routes("Private", subnet: "PrivateSubnet", via: ("NatGatewayId", "NatGateway"), after: "Routing")
    }

    /// No range that was not asked for is in it.
    private var firewall: StackResource {
        var rules: [JSONValue] = []
        for port in shape.openPorts {
            for range in port.ranges {
                rules.append(
                    rule(port.port, range.text, isIPv6: range.isIPv6, "\(port.purpose.title) from \(range.text)")
                )
            }
        }
        var out = [
            rule(443, "0.0.0.0/0", isIPv6: false, "The program, updates, AWS services and tools, by HTTPS"),
            rule(443, "::/0", isIPv6: true, "The same by IPv6"),
        ]
        if programPort != 443 { out.append(rule(programPort, "0.0.0.0/0", isIPv6: false, "The program's own port")) }
        var properties: JSONObject = [
            "GroupDescription": .string("Velociraptor server \(deployment.id)"), "VpcId": networkID,
            "SecurityGroupEgress": .array(out),
        ]
        if !rules.isEmpty { properties["SecurityGroupIngress"] = .array(rules) }
        properties["Tags"] = tags.list(name)
        let open = shape.openPorts.map { "\($0.purpose.title) (\($0.port))" }.joined(separator: ", ")
        return StackResource(
            "Firewall",
            "AWS::EC2::SecurityGroup",
            "Lets in \(open.isEmpty ? "nothing" : open), and out HTTPS only.",
            properties
        )
    }

    /// Of `https://host:port/…`.
    private var programPort: Int {
        let host = shape.program.url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return host.split(separator: ":").dropFirst().last.flatMap { Int($0) } ?? 443
    }

    private func rule(_ port: Int, _ range: String, isIPv6: Bool, _ about: String) -> JSONValue {
        [
            "IpProtocol": "tcp", "FromPort": .integer(Int64(port)), "ToPort": .integer(Int64(port)),
            isIPv6 ? "CidrIpv6" : "CidrIp": .string(range), "Description": .string(about),
        ]
    }
}
