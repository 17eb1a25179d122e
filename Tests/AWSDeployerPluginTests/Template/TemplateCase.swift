// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import DeployerKit
import JSONValue

@testable import AWSDeployerPlugin

typealias TemplateCase = CloudCase

extension CloudCase {
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

    private static let choices: [(name: String, members: JSONObject)] = [
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

    static let all = table(choices)

    func template() throws -> StackTemplate {
        try StackTemplate(deployment, try AWSOptions(.object(options)), zone: nil)
    }
}
