// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension StackTemplate {
    private var name: String { Self.stackName(deployment) }

    /// The lasting address, the launch template, and the group that keeps one machine of it alive.
    var machine: [StackResource] { (options.hasPublicAddress ? [address] : []) + [launchTemplate, group] }

    private var address: StackResource {
        StackResource(
            "Address",
            "AWS::EC2::EIP",
            "The address that agents have been given. Each new machine takes it over.",
            attributes: ownsNetwork ? ["DependsOn": "InternetAttachment"] : [:],
            ["Domain": "vpc", "Tags": tags.list(name)]
        )
    }

    private var launchTemplate: StackResource {
        StackResource(
            "LaunchTemplate",
            "AWS::EC2::LaunchTemplate",
            "How a machine is made. Its user data fetches the program, checks it, and fetches the configuration as the"
                + " machine's own role: there is nothing secret in it.",
            [
                "LaunchTemplateData": .object(launchData),
                "TagSpecifications": [["ResourceType": "launch-template", "Tags": tags.list(name)]],
            ]
        )
    }

    private var launchData: JSONObject {
        var data: JSONObject = [
            "ImageId": Intrinsic.ref("ImageId"), "InstanceType": Intrinsic.ref("InstanceType"),
            "IamInstanceProfile": ["Arn": Intrinsic.attribute("ServerProfile", "Arn")],
            "MetadataOptions": [
                "HttpEndpoint": "enabled", "HttpTokens": "required", "HttpPutResponseHopLimit": 1,
                "InstanceMetadataTags": "disabled",
            ],
            "Monitoring": ["Enabled": false],
            "BlockDeviceMappings": [
                [
                    "DeviceName": "/dev/xvda",
                    "Ebs": [
                        "VolumeType": "gp3", "VolumeSize": 16, "Encrypted": true, "KmsKeyId": Self.volumeKey,
                        "DeleteOnTermination": true,
                    ],
                ]
            ],
            // An address of its own from the start: without one it could not ask for the lasting one.
            "NetworkInterfaces": [
                [
                    "DeviceIndex": 0, "AssociatePublicIpAddress": .bool(options.hasPublicAddress),
                    "Groups": [Intrinsic.attribute("Firewall", "GroupId")],
                ]
            ],
        ]
        if options.sshKey != nil { data["KeyName"] = Intrinsic.ref("KeyName") }
        // The root volume carries no tag of the deployment: by that tag the data volume is backed up.
        data["TagSpecifications"] = .array(
            ["instance", "network-interface"].map { ["ResourceType": .string($0), "Tags": tags.list(name)] }
        )
        data["UserData"] = [
            "Fn::Base64": ["Fn::Join": ["\n", [Intrinsic.sub(bootVariables), .string(bootScript.text)]]]
        ]
        return data
    }

    private var group: StackResource {
        let minutes = "PT\(options.minutesToWait)M"
        var attributes: JSONObject = waysOut.isEmpty ? [:] : ["DependsOn": .array(waysOut)]
        attributes["CreationPolicy"] = ["ResourceSignal": ["Count": 1, "Timeout": .string(minutes)]]
        attributes["UpdatePolicy"] = rolling(minutes)
        return StackResource(
            "ServerGroup",
            "AWS::AutoScaling::AutoScalingGroup",
            "Exactly one machine: a broken one is replaced, and takes over volume and address. An update ends the old one"
                + " before it starts the new one, for only one can have the volume.",
            attributes: attributes,
            [
                "MinSize": "1", "MaxSize": "1", "DesiredCapacity": "1", "VPCZoneIdentifier": [subnetID],
                "LaunchTemplate": [
                    "LaunchTemplateId": Intrinsic.ref("LaunchTemplate"),
                    "Version": Intrinsic.attribute("LaunchTemplate", "LatestVersionNumber"),
                ],
                "HealthCheckType": "EC2", "HealthCheckGracePeriod": .integer(Int64(options.minutesToWait * 60)),
                "Tags": tags.propagated(name),
            ]
        )
    }

    private func rolling(_ minutes: String) -> JSONValue {
        [
            "AutoScalingRollingUpdate": [
                "MinInstancesInService": 0, "MaxBatchSize": 1, "WaitOnResourceSignals": true,
                "PauseTime": .string(minutes),
                "SuspendProcesses": [
                    "HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions",
                ],
            ]
        ]
    }

    /// The record for the name that agents have been given.
    var naming: [StackResource] {
        guard options.dnsZone != nil, options.hasPublicAddress else { return [] }
        return [
            StackResource(
                "Record",
                "AWS::Route53::RecordSet",
                "The name that agents have been given.",
                [
                    "HostedZoneId": Intrinsic.ref("HostedZone"), "Name": Intrinsic.ref("ServerHostname"), "Type": "A",
                    "TTL": "300", "ResourceRecords": [Intrinsic.ref("Address")],
                ]
            )
        ]
    }
}
