// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension StackTemplate {
    /// Days that CloudWatch takes: the first that is not shorter than the profile's.
    private var logDays: Int {
        let taken = [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
        ]
        return taken.first { $0 >= deployment.limits.logRetentionDays } ?? 3653
    }

    /// Named, because an account's own default key may be one that Auto Scaling cannot use: then no machine starts.
    static let volumeKey: JSONValue = "alias/aws/ebs"

    var storage: [StackResource] {
        let name = Self.stackName(deployment)
        return [
            StackResource(
                "DataVolume",
                "AWS::EC2::Volume",
                "The datastore: all evidence. It is attached by each new machine, and stays when the stack goes.",
                retained: true,
                [
                    "AvailabilityZone": zoneName, "Size": Intrinsic.ref("DataDiskGiB"), "VolumeType": "gp3",
                    "Encrypted": true, "KmsKeyId": Self.volumeKey, "Tags": tags.list(name),
                ]
            )
        ]
    }

    var logging: [StackResource] {
        [
            StackResource(
                "LogGroup",
                "AWS::Logs::LogGroup",
                "The server's log and that of each boot. It stays when the stack goes.",
                retained: true,
                [
                    "LogGroupName": .string(logGroupName), "RetentionInDays": .integer(Int64(logDays)),
                    "Tags": tags.list(),
                ]
            )
        ]
    }

    /// What happens by itself as long as the stack is there.
    var care: [StackResource] { (shape.backupDays > 0 ? backup : []) + [patching] }

    private var backup: [StackResource] {
        let own = tags.own
        let role = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole"
        let trust: JSONValue = ["Service": "dlm.amazonaws.com"]
        return [
            StackResource(
                "BackupRole",
                "AWS::IAM::Role",
                "Lets Data Lifecycle Manager make and remove snapshots.",
                [
                    "AssumeRolePolicyDocument": Self.policy([
                        "Effect": "Allow", "Principal": trust, "Action": "sts:AssumeRole",
                    ]),
                    "ManagedPolicyArns": [Intrinsic.sub(role)], "Tags": tags.list(),
                ]
            ),
            StackResource(
                "Backup",
                "AWS::DLM::LifecyclePolicy",
                "A snapshot of the data volume each day. Snapshots outlive this policy and the stack.",
                [
                    "Description": .string("Daily snapshots of \(Self.stackName(deployment))"), "State": "ENABLED",
                    "ExecutionRoleArn": Intrinsic.attribute("BackupRole", "Arn"),
                    "PolicyDetails": [
                        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT", "ResourceTypes": ["VOLUME"],
                        "TargetTags": [["Key": .string(own.key), "Value": .string(own.value)]],
                        "Schedules": [
                            [
                                "Name": "daily", "CopyTags": true,
                                "CreateRule": ["Interval": 24, "IntervalUnit": "HOURS", "Times": ["02:00"]],
                                "RetainRule": ["Interval": .integer(Int64(shape.backupDays)), "IntervalUnit": "DAYS"],
                            ]
                        ],
                    ],
                    "Tags": tags.list(),
                ]
            ),
        ]
    }

    private var patching: StackResource {
        let own = tags.own
        return StackResource(
            "Patching",
            "AWS::SSM::Association",
            "Security updates every night, with a reboot only where one is needed.",
            [
                "AssociationName": .string("\(Self.stackName(deployment))-patching"), "Name": "AWS-RunPatchBaseline",
                "ScheduleExpression": "cron(0 3 ? * * *)", "ApplyOnlyAtCronInterval": true,
                "Targets": [["Key": .string("tag:\(own.key)"), "Values": [.string(own.value)]]],
                "Parameters": ["Operation": ["Install"], "RebootOption": ["RebootIfNeeded"]],
            ]
        )
    }

    /// A policy of these statements.
    static func policy(_ statements: JSONValue...) -> JSONValue {
        ["Version": "2012-10-17", "Statement": .array(statements)]
    }
}
