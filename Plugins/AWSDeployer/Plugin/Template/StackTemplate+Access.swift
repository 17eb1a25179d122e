// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension StackTemplate {
    var access: [StackResource] {
        let trust: JSONValue = ["Service": "ec2.amazonaws.com"]
        return [
            StackResource(
                "ServerRole",
                "AWS::IAM::Role",
                "What the machine may do: read its own secrets, take its own volume and address, write its own log, and"
                    + " be reached by Session Manager.",
                [
                    "AssumeRolePolicyDocument": Self.policy([
                        "Effect": "Allow", "Principal": trust, "Action": "sts:AssumeRole",
                    ]),
                    "ManagedPolicyArns": [
                        Intrinsic.sub("arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore")
                    ],
                    "Policies": [
                        [
                            "PolicyName": "server",
                            "PolicyDocument": ["Version": "2012-10-17", "Statement": .array(statements)],
                        ]
                    ],
                    "Tags": tags.list(),
                ]
            ),
            StackResource(
                "ServerProfile",
                "AWS::IAM::InstanceProfile",
                "Gives the role to the machine.",
                ["Roles": [Intrinsic.ref("ServerRole")]]
            ),
        ]
    }

    private var statements: [JSONValue] {
        [secrets, looking, attaching] + (options.hasPublicAddress ? [addressing] : recording) + [writing, signalling]
    }

    private var secrets: JSONValue {
        var readable = [Intrinsic.ref("ConfigurationSecret")]
        if options.certificate != nil { readable.append(Intrinsic.ref("CertificateSecret")) }
        return Self.allow("Secrets", ["secretsmanager:GetSecretValue"], on: readable)
    }

    /// These two know no resources.
    private var looking: JSONValue {
        Self.allow("Looking", ["ec2:DescribeVolumes", "ec2:DescribeAddresses"], on: ["*"])
    }

    private var attaching: JSONValue { owned("Volume", "ec2:AttachVolume", ["volume/${DataVolume}", "instance/*"]) }

    private var addressing: JSONValue {
        owned(
            "Address",
            "ec2:AssociateAddress",
            ["elastic-ip/${Address.AllocationId}", "instance/*", "network-interface/*"]
        )
    }

    /// Only things that carry the deployment's tag.
    private func owned(_ id: String, _ action: String, _ things: [String]) -> JSONValue {
        let own = tags.own
        let scope = "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:"
        return Self.allow(
            id,
            [.string(action)],
            on: things.map { Intrinsic.sub(scope + $0) },
            ["StringEquals": .object(JSONObject([("aws:ResourceTag/\(own.key)", .string(own.value))]))]
        )
    }

    /// Without a lasting address the machine keeps its own record, and no other.
    private var recording: [JSONValue] {
        guard options.dnsZone != nil else { return [] }
        return [
            Self.allow(
                "Record",
                ["route53:ChangeResourceRecordSets"],
                on: [Intrinsic.sub("arn:${AWS::Partition}:route53:::hostedzone/${HostedZone}")],
                [
                    "ForAllValues:StringEquals": [
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
                            .string(deployment.hostname.lowercased())
                        ],
                        "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
                        "route53:ChangeResourceRecordSetsActions": ["UPSERT"],
                    ]
                ]
            )
        ]
    }

    private var writing: JSONValue {
        Self.allow(
            "Log",
            ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            on: [Intrinsic.attribute("LogGroup", "Arn")]
        )
    }

    private var signalling: JSONValue {
        Self.allow("Signal", ["cloudformation:SignalResource"], on: [Intrinsic.ref("AWS::StackId")])
    }

    private static func allow(
        _ id: String,
        _ actions: [JSONValue],
        on resources: [JSONValue],
        _ condition: JSONValue? = nil
    ) -> JSONValue {
        var statement: JSONObject = [
            "Sid": .string(id), "Effect": "Allow", "Action": .array(actions), "Resource": .array(resources),
        ]
        if let condition { statement["Condition"] = condition }
        return .object(statement)
    }
}
