// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import Testing

@testable import AWSDeployerPlugin

/// A profile, a program and options: one row of the table that all templates are checked by.
struct TemplateCase: Sendable, CustomTestStringConvertible {
    var name: String
    var profile: String
    var architecture: String
    var options: JSONObject

    var testDescription: String { "\(profile), \(architecture), \(name)" }

    static let digest = String(repeating: "5e", count: 32)

    /// The profiles that may go to a cloud of one's own, as the core has them.
    static let profiles: [(name: String, limits: DeploymentSpecification.Limits)] = [
        ("standard", .init(memoryMB: 8192, cpus: 4, logRetentionDays: 30, maxClients: 2000)),
        ("enterprise", .init(memoryMB: 16_384, cpus: 8, logRetentionDays: 90)),
    ]

    static let given: JSONObject = [
        "network_id": "vpc-0123456789abcdef0", "subnet_id": "subnet-0123456789abcdef0",
        "availability_zone": "us-east-1a",
    ]

    /// Everything at once.
    static let everything: JSONObject = [
        "region": "us-east-1", "agent_ranges": ["0.0.0.0/0", "::/0"], "gui_ranges": ["203.0.113.0/24"],
        "api_ranges": ["203.0.113.7/32"], "ssh_ranges": ["203.0.113.7/32"], "disk_gb": 1000, "ssh_key": "case 7",
        "dns_zone": "Z0123456789ABCDEFGHIJ",
        "certificate": "arn:aws:secretsmanager:us-east-1:123456789012:secret:velociraptor/tls-AbCdEf",
        "program_url": "https://mirror.example.org:8443/velociraptor", "backup_days": 365, "wait_minutes": 45,
    ]

    private static let options: [(name: String, members: JSONObject)] = [
        ("default", [:]),
        ("agents", ["agent_ranges": ["0.0.0.0/0"]]),
        ("private", ["public_address": false]),
        ("private with a name", ["public_address": false, "dns_zone": "Z0123456789ABCDEFGHIJ"]),
        ("given network", given),
        ("given network, private", given.merging(["public_address": false])),
        ("no backup, given zone", ["backup_days": 0, "availability_zone": "us-east-1b"]),
        ("everything", everything),
        ("everything, given network", everything.merging(given)),
    ]

    static let all: [TemplateCase] = profiles.flatMap { profile in
        ["amd64", "arm64"].flatMap { architecture in
            options.map {
                TemplateCase(name: $0.name, profile: profile.name, architecture: architecture, options: $0.members)
            }
        }
    }

    var deployment: DeploymentSpecification {
        let end = { DeploymentSpecification.Endpoint(address: "127.0.0.1", port: $0) }
        let limits =
            Self.profiles.first { $0.name == profile }?.limits ?? .init(memoryMB: 0, cpus: 0, logRetentionDays: 0)
        return DeploymentSpecification(
            id: "vr-0123456789ab",
            name: "case 7",
            profile: profile,
            limits: limits,
            hostname: "velociraptor.example.org",
            frontend: end(8000),
            gui: end(8889),
            api: end(8001),
            binary: .init(path: "/x/velociraptor", sha256: Self.digest, version: "0.77.2", architecture: architecture),
            files: .init(folder: "/x", serverConfig: "/x/server.config.yaml", caCertificate: "/x/ca.pem"),
            labels: ["org.megaraptor.deployment": "vr-0123456789ab", "org.megaraptor.deployment.profile": profile]
        )
    }

    func request() -> DeploymentRequest { DeploymentRequest(deployment: deployment, options: .object(options)) }

    func template() throws -> StackTemplate {
        try StackTemplate(deployment, try AWSOptions(.object(options)), zone: nil)
    }
}

extension JSONObject {
    func merging(_ others: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in others { merged[key] = value }
        return merged
    }
}
