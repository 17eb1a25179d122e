// SPDX-License-Identifier: Apache-2.0

/// How large, how lasting and how guarded a deployment is.
///
/// Nothing in it is for show: ``limits`` goes to the deployer, ``expectedClients``, ``logRetentionSeconds``,
/// ``hasMonitoring`` and ``pinsServerName`` into the configurations, the validities into certificates and secrets,
/// ``expiry(createdAt:)`` into the state file, and ``check(target:)`` is asked before anything is planned.
public struct DeploymentProfile: Sendable, Hashable {
    public let name: String
    /// One line for people who choose.
    public let summary: String
    /// The deployer that is taken where none is named.
    public let defaultTarget: String
    /// The deployers of this product that may be used; see ``check(target:)`` for others.
    public let allowedTargets: [String]
    /// Whether deployers that this product does not bring may be used.
    public let allowsOtherTargets: Bool
    /// How many agents it is made for; `nil` where there is no bound.
    public let maxClients: Int?
    public let memoryMB: Int
    public let cpus: Double
    public let logRetentionDays: Int
    /// After how many hours the keys of API clients and the administrator's password count as old; `nil` for
    /// ``certificateDays``.
    public let credentialExpiryHours: Int?
    /// How long the certificates of the server are valid.
    public let certificateDays: Int
    /// After how many hours the whole deployment is to be destroyed; `nil` for never.
    public let autoDestroyHours: Int?
    /// Whether the server offers metrics, on its own loopback only.
    public let hasMonitoring: Bool
    /// Whether agents accept nothing but the deployment's own authority and the server's fixed name.
    public let pinsServerName: Bool
}

extension DeploymentProfile {
    /// For a laboratory or a demonstration: half a gibibyte, the least that the server runs with. One frontend, no metrics.
    public static let minimal = DeploymentProfile(
        name: "minimal",
        summary: "a laboratory or demonstration: 512 MB, up to 50 agents, no metrics",
        defaultTarget: "docker",
        allowedTargets: ["docker", "binary"],
        allowsOtherTargets: true,
        maxClients: 50,
        memoryMB: 512,
        cpus: 1,
        logRetentionDays: 7,
        credentialExpiryHours: nil,
        certificateDays: 365,
        autoDestroyHours: nil,
        hasMonitoring: false,
        pinsServerName: true
    )

    /// For one incident: gone after three days, and its keys with it.
    public static let rapid = DeploymentProfile(
        name: "rapid",
        summary: "one incident: up to 500 agents, destroyed after 72 hours",
        defaultTarget: "docker",
        allowedTargets: ["docker"],
        allowsOtherTargets: false,
        maxClients: 500,
        memoryMB: 4096,
        cpus: 2,
        logRetentionDays: 7,
        credentialExpiryHours: 72,
        certificateDays: 7,
        autoDestroyHours: 72,
        hasMonitoring: true,
        pinsServerName: true
    )

    /// For lasting work in one organisation.
    public static let standard = DeploymentProfile(
        name: "standard",
        summary: "lasting work: up to 2000 agents",
        defaultTarget: "docker",
        allowedTargets: ["docker", "binary", "aws", "azure"],
        allowsOtherTargets: true,
        maxClients: 2000,
        memoryMB: 8192,
        cpus: 4,
        logRetentionDays: 30,
        credentialExpiryHours: nil,
        certificateDays: 365,
        autoDestroyHours: nil,
        hasMonitoring: true,
        pinsServerName: true
    )

    /// For a large fleet, on a machine of its own.
    public static let enterprise = DeploymentProfile(
        name: "enterprise",
        summary: "a large fleet on a machine of its own: no bound on agents, logs for 90 days",
        defaultTarget: "binary",
        allowedTargets: ["binary", "aws", "azure"],
        allowsOtherTargets: false,
        maxClients: nil,
        memoryMB: 16_384,
        cpus: 8,
        logRetentionDays: 90,
        credentialExpiryHours: nil,
        certificateDays: 365,
        autoDestroyHours: nil,
        hasMonitoring: true,
        pinsServerName: true
    )

    /// All there are, the original's three first.
    public static let all = [rapid, standard, enterprise, minimal]
}
