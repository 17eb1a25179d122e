// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// The inputs that mean the same in every cloud. None of them is a secret.
public struct CloudOptions: Codable, Sendable, Hashable {
    public var region: String?
    public var instanceType: String?
    public var networkID: String?
    public var subnetID: String?
    public var agentRanges: [String]?
    public var guiRanges: [String]?
    public var apiRanges: [String]?
    public var sshRanges: [String]?
    public var publicAddress: Bool?
    public var diskGB: Int?
    public var sshKey: String?
    public var dnsZone: String?
    public var certificate: String?
    public var programURL: String?
    public var programSHA256: String?
    public var programVersion: String?
    public var programArchitecture: String?
    public var backupDays: Int?
    public var waitMinutes: Int?

    private enum CodingKeys: String, CodingKey {
        case region, certificate
        case instanceType = "instance_type"
        case networkID = "network_id"
        case subnetID = "subnet_id"
        case agentRanges = "agent_ranges"
        case guiRanges = "gui_ranges"
        case apiRanges = "api_ranges"
        case sshRanges = "ssh_ranges"
        case publicAddress = "public_address"
        case diskGB = "disk_gb"
        case sshKey = "ssh_key"
        case dnsZone = "dns_zone"
        case programURL = "program_url"
        case programSHA256 = "program_sha256"
        case programVersion = "program_version"
        case programArchitecture = "program_architecture"
        case backupDays = "backup_days"
        case waitMinutes = "wait_minutes"
    }
}

extension CloudOptions {
    public var hasPublicAddress: Bool { publicAddress ?? true }
    /// How long a start of the whole server may take until it counts as failed.
    public var minutesToWait: Int { waitMinutes ?? 20 }

    /// Each address once: a range that is part of another says nothing more, and Azure refuses it.
    public func ranges(_ texts: [String]?) throws(MegaraptorError) -> [SourceRange] {
        var ranges: [SourceRange] = []
        for text in texts ?? [] {
            let range = try SourceRange(text)
            guard !ranges.contains(where: { $0.holds(range) }) else { continue }
            ranges.removeAll { range.holds($0) }
            ranges.append(range)
        }
        return ranges
    }
}
