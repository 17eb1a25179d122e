// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import JSONValue

/// A profile, a program and options: one row of the table that a cloud's templates are checked by.
public struct CloudCase: Sendable, CustomStringConvertible {
    public var name: String
    public var profile: String
    public var architecture: String
    public var options: JSONObject

    public init(name: String, profile: String, architecture: String, options: JSONObject) {
        self.name = name
        self.profile = profile
        self.architecture = architecture
        self.options = options
    }

    public var description: String { "\(profile), \(architecture), \(name)" }

    public static let digest = String(repeating: "5e", count: 32)

    /// The profiles that may go to a cloud of one's own, as the core has them.
    public static let profiles: [(name: String, limits: DeploymentSpecification.Limits)] = [
        ("standard", .init(memoryMB: 8192, cpus: 4, logRetentionDays: 30, maxClients: 2000)),
        ("enterprise", .init(memoryMB: 16_384, cpus: 8, logRetentionDays: 90)),
    ]

    /// Every choice of options, for every profile and processor.
    public static func table(_ choices: [(name: String, members: JSONObject)]) -> [CloudCase] {
        profiles.flatMap { profile in
            ["amd64", "arm64"].flatMap { architecture in
                choices.map {
                    CloudCase(name: $0.name, profile: profile.name, architecture: architecture, options: $0.members)
                }
            }
        }
    }

    public var deployment: DeploymentSpecification {
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

    public func request() -> DeploymentRequest {
        DeploymentRequest(deployment: deployment, options: .object(options))
    }
}

extension JSONObject {
    public func merging(_ others: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in others { merged[key] = value }
        return merged
    }
}
