// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import YAMLSource

/// The same container as a file for `docker compose`, with what somebody must know to use it.
struct ComposeFile {
    let shape: ContainerShape
    let choice: ImageChoice

    var text: String { preamble + YAMLEmitter.text(for: document) }

    private var preamble: String {
        let user = ContainerPaths.user
        let image =
            switch choice {
            case .given: "# The image is pulled from its registry."
            case .built(let tag, _, _):
                """
                # The image \(tag) was built around the server program; carry it to another engine with
                # "docker save" and "docker load". Its folders belong to the user \(user), and new volumes take that over.
                """
            }
        return """
            # Velociraptor \(shape.deployment.name) (\(shape.deployment.id)), as the docker deployer runs it.
            #
            # The configuration holds private keys, so it is not in here: put server.config.yaml beside this file,
            #   chown \(user):\(user) server.config.yaml && chmod 0400 server.config.yaml
            # and keep it out of version control.
            #
            \(image)
            #
            # GUI and API are published where the deployment bound them: leave them on 127.0.0.1 unless a firewall or a
            # tunnel stands before them. Removing the volumes "data" and "logs" loses what was collected.
            # Health is checked from outside: https://VelociraptorServer:\(shape.deployment.frontend.port)/server.pem,
            # verified against the deployment's CA.

            """
    }

    private var document: JSONValue {
        var document: JSONObject = [
            "name": .string(shape.names.container),
            "services": ["velociraptor": .object(service)],
            "volumes": volumes,
            "secrets": ["server_config": ["file": "./server.config.yaml"]],
        ]
        if shape.options.network == .bridge {
            document["networks"] = ["velociraptor": ["driver": "bridge", "labels": labels]]
        }
        return .object(document)
    }

    private var service: JSONObject {
        let user = "\(ContainerPaths.user):\(ContainerPaths.user)"
        let names = shape.names
        var service: JSONObject = [
            "container_name": .string(names.container),
            "image": .string(shape.image),
            "entrypoint": [.string(shape.options.programPath)],
            "command": .array(shape.command),
            "user": .string(user),
            "working_dir": "/tmp",
            "restart": "unless-stopped",
            "stop_grace_period": "30s",
            "read_only": true,
            "tmpfs": ["/tmp:rw,noexec,nosuid,nodev,size=512m,mode=1777"],
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            "mem_limit": .string("\(shape.deployment.limits.memoryMB)m"),
            "cpus": .string("\(shape.deployment.limits.cpus)"),
            "pids_limit": .integer(ContainerShape.processLimit),
            "ulimits": ["nofile": .integer(Int64(shape.options.fileLimit)), "nproc": 4096],
            "secrets": [["source": "server_config", "target": .string(ContainerPaths.config)]],
            "volumes": [.string("data:\(names.data.target)"), .string("logs:\(names.logs.target)")],
            "labels": labels,
            "logging": logging,
        ]
        if shape.options.network == .bridge {
            service["networks"] = ["velociraptor"]
            service["ports"] = .array(shape.ports.compose.map(JSONValue.string))
        } else {
            service["network_mode"] = .string(shape.networkMode)
        }
        if let command = shape.options.healthCommand, !command.isEmpty {
            let test = [JSONValue.string("CMD")] + command.map(JSONValue.string)
            service["healthcheck"] = ["test": .array(test), "interval": "30s", "timeout": "10s", "start_period": "60s"]
        } else {
            service["healthcheck"] = ["disable": true]
        }
        return service
    }

    private var logging: JSONValue {
        ["driver": "json-file", "options": ["max-size": "10m", "max-file": .string(shape.logFiles)]]
    }

    private var volumes: JSONValue {
        [
            "data": ["name": .string(shape.names.data.name), "labels": labels],
            "logs": ["name": .string(shape.names.logs.name), "labels": labels],
        ]
    }

    private var labels: JSONValue {
        let labels = shape.deployment.labels.sorted { $0.key < $1.key }
        return .object(JSONObject(labels.map { ($0.key, .string($0.value)) }))
    }
}
