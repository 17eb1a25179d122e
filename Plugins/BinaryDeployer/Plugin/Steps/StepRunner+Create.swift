// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors
import MegaraptorPluginKit

extension StepRunner {
    func mark() async throws(MegaraptorError) -> String {
        if try await site.marker() != nil { return "The machine is marked already." }
        let facts = try await site.facts()
        if let path = Planner(site: site).firstForeign(facts) { throw site.foreign(path) }
        if facts.hasContent(layout.configFolder) { throw site.foreign(layout.configFolder) }
        var marker = DeploymentMarker(
            deployment: site.deployment.id,
            labels: site.deployment.labels,
            host: site.options.targetHost
        )
        // An empty folder may be our own, of a try that ended before the marker was in it.
        marker.folders = [layout.configFolder]
        try await site.run("making \(layout.configFolder)", "mkdir -p -m 0755 \(try quoted(layout.configFolder))")
        try await site.write(marker)
        return "\(site.machine.name) is marked as this deployment's."
    }

    func makeAccount() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        if try await site.facts().hasAccount { return "The account \(layout.user) is there." }
        marker.account = layout.user
        try await site.write(marker)
        let options = "--system --user-group --no-create-home --shell /usr/sbin/nologin"
        let home = try quoted(layout.datastore)
        try await site.run(
            "making the account \(layout.user)",
            "useradd \(options) --home-dir \(home) \(layout.user)"
        )
        return "The account \(layout.user) was made."
    }

    func makeFolders() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let facts = try await site.facts()
        let group = try await site.group()
        for folder in [layout.datastore, layout.logs]
        where !facts.hasFolder(folder) && !marker.folders.contains(folder) {
            marker.folders.append(folder)
        }
        try await site.write(marker)
        let owner = "\(layout.user):\(group)"
        let (data, logs) = (try quoted(layout.datastore), try quoted(layout.logs))
        let settings = try quoted(layout.configFolder)
        try await site.run(
            "making the folders",
            """
            set -e
            mkdir -p -m 0755 "$(dirname \(data))" "$(dirname \(logs))" \(try quoted(RootShell.folder(of: layout.binary)))
            for d in \(data) \(logs); do mkdir -p "$d"; chown \(owner) "$d"; chmod 0700 "$d"; done
            chown root:\(group) \(settings); chmod 0750 \(settings)
            """
        )
        return "The folders are there, with owner \(layout.user)."
    }

    func putProgram() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let program = try site.program()
        marker.version = program.version
        if try await site.facts().digest(layout.binary) == program.sha256, marker.files[layout.binary] != nil {
            return "\(layout.binary) is there, unchanged."
        }
        try await site.claim(layout.binary, program.sha256, &marker)
        try await upload(program, to: layout.binary)
        return "\(layout.binary) is there, SHA-256 \(program.sha256)."
    }

    func upload(_ program: DeploymentSpecification.Binary, to path: String) async throws(MegaraptorError) {
        let context = context
        try await site.root.put(
            file: program.path,
            sha256: program.sha256,
            at: path,
            owner: "root:root",
            mode: "0755",
            progress: { context.progress(Double($0), of: Double($1), "Uploading the program") }
        )
    }

    func putUnit() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let bytes = Array(site.unit.text.utf8)
        let digest = Hexadecimal.encode(try SHA256.digest(bytes))
        try await site.claim(layout.unit, digest, &marker)
        if try await site.facts().digest(layout.unit) != digest {
            try await site.root.put(bytes, at: layout.unit, owner: "root:root", mode: "0644")
        }
        try await site.run(
            "enabling \(layout.unitName)",
            "set -e; systemctl daemon-reload; systemctl enable \(layout.unitName); systemctl is-enabled \(layout.unitName)"
        )
        return "\(layout.unitName) is enabled."
    }

    func openFirewall() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let port = site.deployment.frontend.port
        guard let firewall = try await site.facts().firewall else { return "No firewall is on." }
        if firewall.letsAgentsThrough { return "\(firewall.tool) lets agents through already." }
        let rule = DeploymentMarker.FirewallRule(tool: firewall.tool, port: port)
        if !marker.firewall.contains(rule) {
            marker.firewall.append(rule)
            try await site.write(marker)
        }
        let command =
            firewall.tool == "ufw"
            ? "ufw allow \(port)/tcp comment 'megaraptor \(site.deployment.id)'"
            : "firewall-cmd -q --permanent --add-port=\(port)/tcp && firewall-cmd -q --reload"
        try await site.run("opening port \(port) in \(firewall.tool)", command)
        guard try await site.facts().firewall?.letsAgentsThrough == true else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(firewall.tool) on \(site.machine.name) took the rule for port \(port), but does not show it.",
                hint: "Look at its rules."
            )
        }
        return "\(firewall.tool) lets agents through to port \(port)."
    }
}
