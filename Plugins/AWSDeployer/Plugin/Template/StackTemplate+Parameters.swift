// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue

extension StackTemplate {
    /// What is known from the inputs. The engine adds `ConfigurationSecret` and `ConfigurationVersion`.
    var parameters: [String: String] {
        Dictionary(uniqueKeysWithValues: parameterEntries.compactMap { entry in entry.value.map { (entry.name, $0) } })
    }

    var parameterEntries: [StackParameter] { program + sizing + given }

    private var program: [StackParameter] {
        let source = shape.program
        return [
            StackParameter(
                "ProgramURL",
                "Where the machine fetches the server program.",
                value: source.url,
                ["AllowedPattern": .string(ProgramSource.urlPattern)]
            ),
            StackParameter(
                "ProgramSHA256",
                "The program's checksum; another program is not installed.",
                value: source.sha256,
                ["AllowedPattern": "^[0-9a-f]{64}$"]
            ),
            StackParameter(
                "ProgramVersion",
                "The program's version, for people.",
                value: source.version,
                ["AllowedPattern": "^[0-9A-Za-z.-]+$"]
            ),
            StackParameter(
                "ConfigurationSecret",
                "The ARN of the secret that holds server.config.yaml.",
                ["AllowedPattern": "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$"]
            ),
            StackParameter(
                "ConfigurationVersion",
                "The secret's version. Another one makes another machine.",
                ["AllowedPattern": "^[A-Za-z0-9-]{32,64}$"]
            ),
        ]
    }

    private var sizing: [StackParameter] {
        let machine = shape.program.architecture == .amd64 ? "x86_64" : "arm64"
        return [
            StackParameter("InstanceType", "The machine's size.", value: instanceType),
            StackParameter(
                "ImageId",
                "Amazon Linux 2023, the latest at each update.",
                type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
                value: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-\(machine)"
            ),
            StackParameter(
                "DataDiskGiB",
                "The data volume. It can grow, never shrink.",
                type: "Number",
                value: String(shape.diskGB),
                ["MinValue": 20, "MaxValue": 16_384]
            ),
            StackParameter(
                "ServerHostname",
                "The name that agents have been given.",
                value: deployment.hostname,
                ["AllowedPattern": "^[A-Za-z0-9.:-]{1,253}$"]
            ),
        ]
    }

    /// What is there already, and what this goes into.
    private var given: [StackParameter] {
        var entries: [StackParameter] = []
        if let network = options.networkID, let subnet = options.subnetID {
            entries += [
                StackParameter("NetworkId", "The network.", type: "AWS::EC2::VPC::Id", value: network),
                StackParameter("SubnetId", "The subnet, in NetworkId.", type: "AWS::EC2::Subnet::Id", value: subnet),
            ]
        }
        if let zone {
            entries.append(
                StackParameter(
                    "AvailabilityZone",
                    "Where machine and data volume lie.",
                    type: "AWS::EC2::AvailabilityZone::Name",
                    value: zone
                )
            )
        }
        if let key = options.sshKey {
            entries.append(
                StackParameter("KeyName", "The SSH key pair.", type: "AWS::EC2::KeyPair::KeyName", value: key)
            )
        }
        if let zone = options.dnsZone {
            entries.append(
                StackParameter(
                    "HostedZone",
                    "Where the name gets a record.",
                    type: "AWS::Route53::HostedZone::Id",
                    value: zone
                )
            )
        }
        if let certificate = options.certificate {
            entries.append(
                StackParameter("CertificateSecret", "The secret with chain and key, as PEM.", value: certificate)
            )
        }
        return entries
    }
}
