// SPDX-License-Identifier: Apache-2.0

import CloudServer
import CloudTestbed
import DeployerKit
import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

@testable import AWSDeployerPlugin

@Suite("The CloudFormation template")
struct ShapeTests {
    /// Types that have no tags.
    private static let untagged: Set = [
        "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::IAM::InstanceProfile", "AWS::SSM::Association", "AWS::Route53::RecordSet",
    ]

    private func template(_ options: JSONObject, _ architecture: String = "amd64") throws -> StackTemplate {
        try TemplateCase(name: "", profile: "standard", architecture: architecture, options: options).template()
    }

    private func properties(_ id: String, _ template: StackTemplate) -> JSONObject? {
        template.resources.first { $0.logicalID == id }?.properties
    }

    @Test("is small enough to come with the call, and reads as it was meant", arguments: TemplateCase.all)
    func body(_ row: TemplateCase) throws {
        let template = try row.template()
        #expect(template.body.utf8.count < StackTemplate.sizeLimit)
        let read = try YAMLDocument.parse(template.body, file: "template").json
        #expect(read["Resources"]?.objectValue?.keys == template.resources.map(\.logicalID))
        for resource in template.resources { #expect(read["Resources"]?[resource.logicalID] == resource.json) }
        #expect(
            Set(read["Parameters"]?.objectValue?.keys ?? [])
                == Set(template.parameters.keys).union(["ConfigurationSecret", "ConfigurationVersion"])
        )
    }

    @Test("tags whatever takes tags with the deployment's labels", arguments: TemplateCase.all)
    func tags(_ row: TemplateCase) throws {
        for resource in try row.template().resources {
            let text = JSONValue.object(resource.properties).json()
            let isTagged = text.contains(#""Key":"org.megaraptor.deployment","Value":"vr-0123456789ab""#)
            #expect(isTagged != Self.untagged.contains(resource.type), "\(resource.type)")
        }
    }

    @Test("opens what was asked for to whom it was asked for, and nothing else")
    func firewall() throws {
        #expect(properties("Firewall", try template([:]))?["SecurityGroupIngress"] == nil)
        let open = try template(["agent_ranges": ["::/0", "198.51.100.0/24"], "gui_ranges": ["203.0.113.7/32"]])
        let rules = properties("Firewall", open)?["SecurityGroupIngress"]?.arrayValue ?? []
        #expect(rules.map { $0["FromPort"] } == [8000, 8000, 8889])
        #expect(rules.map { $0["CidrIpv6"] ?? $0["CidrIp"] } == ["::/0", "198.51.100.0/24", "203.0.113.7/32"])
        #expect(rules.allSatisfy { $0["Description"]?.stringValue?.isEmpty == false })
        #expect(open.layout.gui.address == "0.0.0.0")
        #expect(open.layout.api.address == "127.0.0.1")
        #expect(open.exposure.map(\.reach)[0] == "everybody on the internet (::/0, 198.51.100.0/24)")
    }

    @Test("gives the machine no right that is not bounded, but for looking")
    func rights() throws {
        let role = properties("ServerRole", try template(TemplateCase.everything))
        let statements = role?["Policies"]?.arrayValue?.first?["PolicyDocument"]?["Statement"]?.arrayValue ?? []
        #expect(statements.count == 6)
        for statement in statements where statement["Resource"]?.json().contains(#""*""#) == true {
            #expect(statement["Action"] == ["ec2:DescribeVolumes", "ec2:DescribeAddresses"])
        }
        for statement in statements where statement["Resource"]?.json().contains("/*") == true {
            #expect(
                statement["Condition"]?["StringEquals"]?["aws:ResourceTag/org.megaraptor.deployment"]
                    == "vr-0123456789ab"
            )
        }
    }

    @Test("keeps volume and log when it goes, and asks machines for their session's token")
    func kept() throws {
        let template = try template([:])
        for id in ["DataVolume", "LogGroup"] {
            let json = template.resources.first { $0.logicalID == id }?.json
            #expect(json?["DeletionPolicy"] == "RetainExceptOnCreate")
            #expect(json?["UpdateReplacePolicy"] == "Retain")
        }
        let data = properties("LaunchTemplate", template)?["LaunchTemplateData"]
        #expect(data?["MetadataOptions"]?["HttpTokens"] == "required")
        #expect(data?["KeyName"] == nil)
        #expect(properties("ServerGroup", template)?["MaxSize"] == "1")
    }

    @Test(
        "knows the architecture of a size by its name",
        arguments: [
            ("m7g.large", true), ("c7gn.xlarge", true), ("t4g.small", true), ("a1.large", true), ("x2gd.large", true),
            ("m6i.large", false), ("g4dn.xlarge", false), ("m7i-flex.large", false), ("t3.small", false),
            ("g5g.xlarge", true),
        ]
    )
    func architecture(name: String, isArm: Bool) {
        #expect((StackTemplate.architecture(of: name) == .arm64) == isArm)
    }

    @Test("refuses what would fail there, and says why")
    func refusals() {
        func code(_ options: JSONObject, _ architecture: String = "amd64") -> MegaraptorError.Code? {
            do { _ = try template(options, architecture) } catch { return (error as? MegaraptorError)?.code }
            return nil
        }
        #expect(code(["instance_type": "m7g.xlarge"]) == .invalidArgument)
        #expect(code(["instance_type": "m7i.xlarge"], "arm64") == .invalidArgument)
        #expect(code(["network_id": "vpc-0123456789abcdef0"]) == .invalidArgument)
        #expect(code(["network_id": "vpc-01234567", "subnet_id": "subnet-01234567"]) == .failedPrecondition)
        #expect(code(["gui_ranges": ["10.0.0.1/8"]]) == .invalidArgument)
        #expect(code(["instance_type": "r7iz.4xlarge"]) == nil)
    }
}
