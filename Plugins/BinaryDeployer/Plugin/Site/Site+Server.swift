// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import Glibc
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

extension Site {
    var restartScript: String {
        "systemctl reset-failed \(layout.unitName) 2>/dev/null; systemctl restart \(layout.unitName)"
    }

    /// The program that the deployment names.
    func program() throws(MegaraptorError) -> DeploymentSpecification.Binary {
        if let binary = deployment.binary { return binary }
        throw MegaraptorError(
            .invalidArgument,
            "The binary deployer needs a server program, and the deployment names none.",
            hint: "Get one with download_velociraptor, or name a file."
        )
    }

    /// The primary group of the account that runs the server.
    func group() async throws(MegaraptorError) -> String {
        try await run("looking up the group of \(layout.user)", "id -gn \(layout.user)").lines.first ?? layout.user
    }

    /// The finished configuration, as it lies on this machine.
    func localConfiguration() throws(MegaraptorError) -> [UInt8] {
        let path = deployment.files.serverConfig
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MegaraptorError(.notFound, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0, bytes.count < 4 << 20 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Has the real program read a configuration, as the user who will run it.
    func checkConfiguration(_ path: String, with program: String) async throws(MegaraptorError) {
        let command = "\(try quoted(program)) --config \(try quoted(path)) config show"
        // Its output holds the keys.
        let script = """
            if [ "$(id -u \(layout.user))" = "$(id -u)" ]; then exec \(command) > /dev/null
            elif command -v runuser > /dev/null; then exec runuser -u \(layout.user) -- \(command) > /dev/null
            else exec su -s /bin/sh \(layout.user) -c \(try quoted(command)) > /dev/null; fi
            """
        let result = try await attempt(Script(script, outputLimit: 16_384))
        guard result.isSuccess else {
            throw MegaraptorError(
                .failedPrecondition,
                "The program on \(machine.name) refuses the configuration (status \(result.status)). "
                    + "Nothing was changed by it.",
                hint: "Look at the cause; then write the configuration anew.",
                cause: result.complaint.isEmpty ? nil : result.complaint
            )
        }
    }

    /// What the core keeps for us: the marker, so that it can be compared when the machine is in doubt.
    func state(_ marker: DeploymentMarker?) throws(MegaraptorError) -> JSONValue {
        guard let marker else { return [:] }
        do {
            return try marker.json
        } catch {
            throw MegaraptorError(.internal, "The state cannot be written: \(error).")
        }
    }

    func resources(_ marker: DeploymentMarker?, _ facts: MachineFacts) -> [DeployedResource] {
        guard let marker else { return [] }
        var found = marker.files.keys.sorted().map { path in
            DeployedResource(
                kind: "file",
                id: "\(machine.name):\(path)",
                name: path,
                exists: watched.contains(path) ? facts.digest(path) != nil : nil
            )
        }
        found += marker.folders.map { path in
            DeployedResource(
                kind: "folder",
                id: "\(machine.name):\(path)",
                name: path,
                exists: facts.hasFolder(path),
                holdsData: path != layout.configFolder
            )
        }
        if let account = marker.account {
            found.append(
                DeployedResource(
                    kind: "account",
                    id: "\(machine.name):\(account)",
                    name: account,
                    exists: facts.hasAccount
                )
            )
        }
        found += marker.firewall.map { rule in
            DeployedResource(
                kind: "firewall rule",
                id: "\(rule.tool):\(rule.port)",
                name: "\(rule.tool) \(rule.port)/tcp"
            )
        }
        return found
    }

    /// Files whose hashes ``facts()`` brings.
    var watched: [String] {
        [
            layout.unit, layout.config, layout.binary, layout.marker, InstallLayout.previous(layout.binary),
            InstallLayout.previous(layout.config),
        ]
    }
}
