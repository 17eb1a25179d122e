// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import DeployerKit
public import JSONValue

extension DeploymentProfile {
    /// What the deployer is told.
    public var limits: DeploymentSpecification.Limits {
        DeploymentSpecification.Limits(
            memoryMB: memoryMB,
            cpus: cpus,
            logRetentionDays: logRetentionDays,
            maxClients: maxClients
        )
    }

    /// What the server tunes itself for. Without a bound it is what Velociraptor itself writes: 30000.
    public var expectedClients: Int { maxClients ?? 30_000 }

    /// How long the server keeps its own log files.
    public var logRetentionSeconds: Int { logRetentionDays * Self.secondsPerDay }

    /// How a container's output is kept. Engines count bytes and not days: one file of ten megabytes for each week, at
    /// least two.
    public var containerLog: (megabytesPerFile: Int, files: Int) {
        (10, max(2, (logRetentionDays + 6) / 7))
    }

    /// When the deployment is to be destroyed, in Unix seconds; `nil` for never.
    public func expiry(createdAt unixSeconds: Int64) -> Int64? {
        autoDestroyHours.map { unixSeconds + Int64($0 * Self.secondsPerHour) }
    }

    /// When a password or key that is made now counts as old, in Unix seconds.
    public func credentialExpiry(madeAt unixSeconds: Int64) -> Int64 {
        unixSeconds + Int64(credentialHours * Self.secondsPerHour)
    }

    /// How long the certificates of frontend and gateway are valid.
    public var serverValidity: Validity { .days(Int64(certificateDays)) }

    /// How long the certificate of an API client is valid: as long as ``credentialExpiryHours``, from now.
    public var apiClientValidity: Validity { .hours(Int64(credentialHours)) }

    private var credentialHours: Int { credentialExpiryHours ?? certificateDays * 24 }

    private static var secondsPerHour: Int { 3600 }
    private static var secondsPerDay: Int { 86_400 }

    /// All its figures, for people and for tools.
    public var json: JSONValue {
        [
            "name": .string(name),
            "summary": .string(summary),
            "default_target": .string(defaultTarget),
            "allowed_targets": .array(allowedTargets.map { .string($0) }),
            "allows_other_targets": .bool(allowsOtherTargets),
            "max_clients": maxClients.map { .integer(Int64($0)) } ?? .null,
            "memory_mb": .integer(Int64(memoryMB)),
            "cpus": .integer(Int64(cpus)),
            "log_retention_days": .integer(Int64(logRetentionDays)),
            "credential_expiry_hours": credentialExpiryHours.map { .integer(Int64($0)) } ?? .null,
            "certificate_days": .integer(Int64(certificateDays)),
            "auto_destroy_hours": autoDestroyHours.map { .integer(Int64($0)) } ?? .null,
            "monitoring": .bool(hasMonitoring),
            "pins_server_name": .bool(pinsServerName),
        ]
    }
}
