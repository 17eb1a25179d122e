// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Everything that makes up a deployment's container.
struct ContainerShape: Sendable {
    let deployment: DeploymentSpecification
    let options: DockerOptions
    let names: ResourceNames
    /// The image's name, as the engine is asked for it.
    let image: String
    var previousImage: String?

    var ports: PublishedPorts { PublishedPorts(deployment, options.network) }

    var command: [JSONValue] {
        ["--config", .string(ContainerPaths.config), "frontend", "-v", "--disable-panic-guard"]
    }

    var memory: Int64 { Int64(deployment.limits.memoryMB) << 20 }
    var nanoCPUs: Int64 { Int64(deployment.limits.cpus * 1_000_000_000) }
    var networkMode: String { options.network == .bridge ? names.network : options.network.rawValue }
    static let processLimit: Int64 = 1024

    /// SHA-256 of what the engine is asked to make, so that one look tells whether a container is of this shape.
    func fingerprint() throws(MegaraptorError) -> String {
        Hexadecimal.encode(try SHA256.digest(settings.sorted.jsonBytes()))
    }

    /// The whole request to the engine.
    func body() throws(MegaraptorError) -> JSONValue {
        var labels = JSONObject(deployment.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        labels[OwnLabels.image] = .string(image)
        labels[OwnLabels.shape] = .string(try fingerprint())
        if let previousImage { labels[OwnLabels.previous] = .string(previousImage) }
        if options.image == nil, let binary = deployment.binary { labels[OwnLabels.version] = .string(binary.version) }
        var body = settings.objectValue ?? [:]
        body["Labels"] = .object(labels)
        return .object(body)
    }

    private var settings: JSONValue {
        var settings: JSONObject = [
            "Image": .string(image),
            "Entrypoint": [.string(options.programPath)],
            "Cmd": .array(command),
            "User": .string("\(ContainerPaths.user):\(ContainerPaths.user)"),
            "WorkingDir": "/tmp",
            "StopSignal": "SIGTERM",
            "StopTimeout": 30,
            "HostConfig": hostConfig,
        ]
        settings["Healthcheck"] = healthcheck
        if options.network == .bridge {
            settings["Hostname"] = .string(deployment.id)
            settings["ExposedPorts"] = .object(JSONObject(ports.inside.map { ($0, [:]) }))
        }
        return .object(settings)
    }

    /// The check of an image that others made may need what this container takes from it, so it is turned off.
    private var healthcheck: JSONValue? {
        guard let command = options.healthCommand, !command.isEmpty else {
            return options.image == nil ? nil : ["Test": ["NONE"]]
        }
        let test = [JSONValue.string("CMD")] + command.map(JSONValue.string)
        let second: Int64 = 1_000_000_000
        return [
            "Test": .array(test), "Interval": .integer(30 * second), "Timeout": .integer(10 * second), "Retries": 3,
            "StartPeriod": .integer(60 * second),
        ]
    }

    private var hostConfig: JSONValue {
        var config: JSONObject = [
            "NetworkMode": .string(networkMode),
            "Mounts": .array(names.volumes.map(Self.mount)),
            "ReadonlyRootfs": true,
            // Repacking agents and taking uploads needs room for files of some hundred megabytes.
            "Tmpfs": ["/tmp": "rw,noexec,nosuid,nodev,size=512m,mode=1777"],
            "CapDrop": ["ALL"],
            "SecurityOpt": ["no-new-privileges"],
            "Memory": .integer(memory),
            "NanoCpus": .integer(nanoCPUs),
            "PidsLimit": .integer(Self.processLimit),
            "Ulimits": [Self.ulimit("nofile", options.fileLimit), Self.ulimit("nproc", 4096)],
            "RestartPolicy": ["Name": "unless-stopped"],
            "LogConfig": ["Type": "json-file", "Config": ["max-size": "10m", "max-file": .string(logFiles)]],
        ]
        if options.network == .bridge { config["PortBindings"] = ports.bindings }
        return .object(config)
    }

    /// Engines rotate by size only: one file of ten megabytes for each day that logs are kept.
    var logFiles: String { String(min(max(deployment.limits.logRetentionDays, 2), 100)) }

    private static func mount(_ volume: ResourceNames.Volume) -> JSONValue {
        ["Type": "volume", "Source": .string(volume.name), "Target": .string(volume.target)]
    }

    private static func ulimit(_ name: String, _ value: Int) -> JSONValue {
        ["Name": .string(name), "Soft": .integer(Int64(value)), "Hard": .integer(Int64(value))]
    }
}
