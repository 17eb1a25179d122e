// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

/// Takes away what the marker says is ours, and looks afterwards whether it is gone.
struct Remover {
    let site: Site

    private var layout: InstallLayout { site.layout }

    func plan(data: Bool) async throws(MegaraptorError) -> RemovalPlan {
        let facts = try await site.facts()
        guard let marker = try await site.marker() else {
            return RemovalPlan(
                steps: [],
                removes: [],
                keeps: [],
                warnings: ["There is nothing of this deployment on \(site.machine.name)."]
            )
        }
        var steps: [(StepName, String)] = [
            (.stop, "Stop and disable \(layout.unitName)"), (.removeUnit, "Remove its unit"),
        ]
        if !marker.firewall.isEmpty { steps.append((.removeFirewall, "Take our rule out of the firewall")) }
        steps.append((.removeFiles, "Remove program and configuration"))
        if data { steps.append((.removeData, "Remove the datastore and the logs, with all evidence in them")) }
        if data, marker.account != nil { steps.append((.removeAccount, "Remove the account \(layout.user)")) }
        let mark = data ? "Remove the mark" : "Leave the mark for what is kept"
        steps.append((.removeMarker, "Look whether all is gone. \(mark)"))
        let resources = site.resources(marker, facts)
        let isKept = { (resource: DeployedResource) in
            !data && (resource.holdsData == true || resource.kind == "account")
        }
        let keeps = resources.filter(isKept)
        return RemovalPlan(
            steps: steps.map { DeploymentPlan.Step($0.0.rawValue, $0.1) },
            removes: resources.filter { !isKept($0) },
            keeps: keeps,
            warnings: keeps.isEmpty
                ? []
                : ["Kept until a removal with delete_data: \(keeps.map(\.name).joined(separator: ", "))."]
        )
    }

    func run(_ step: DeploymentPlan.Step) async throws(MegaraptorError) -> StepOutcome {
        guard let marker = try await site.marker() else {
            return StepOutcome(state: [:], resources: [], message: "It is gone already.")
        }
        guard let name = StepName(rawValue: step.id) else {
            throw MegaraptorError(.invalidArgument, "The binary deployer has no step \"\(step.id)\".")
        }
        let message = try await perform(name, marker)
        let left = try await site.marker()
        return StepOutcome(
            state: try site.state(left),
            resources: site.resources(left, try await site.facts()),
            message: message
        )
    }

    private func perform(_ name: StepName, _ marker: DeploymentMarker) async throws(MegaraptorError) -> String {
        switch name {
        case .stop: return try await stop(marker)
        case .removeUnit:
            try await remove([layout.unit], marker)
            try await site.run(
                "telling systemd",
                "systemctl daemon-reload; systemctl reset-failed \(layout.unitName) 2>/dev/null; true"
            )
            return "The unit is gone."
        case .removeFirewall: return try await removeRules(marker)
        case .removeFiles:
            try await remove(marker.files.keys.filter { $0 != layout.unit }, marker)
            try await site.root.sweep(RootShell.folder(of: layout.binary))
            return "Program and configuration are gone."
        case .removeData: return try await removeData(marker)
        case .removeAccount:
            guard let account = marker.account else { return "The account is not ours." }
            try await site.run(
                "removing the account \(account)",
                "if getent passwd \(account) > /dev/null; then userdel \(account); fi; ! getent passwd \(account) > /dev/null"
            )
            return "The account is gone."
        case .removeMarker: return try await finish(marker)
        default: throw MegaraptorError(.invalidArgument, "The step \(name.rawValue) does not belong to a removal.")
        }
    }

    private func stop(_ marker: DeploymentMarker) async throws(MegaraptorError) -> String {
        guard marker.files[layout.unit] != nil, try await site.exists(layout.unit) else { return "It has no unit." }
        let script = "systemctl disable --now \(layout.unitName); systemctl is-active \(layout.unitName)"
        let result = try await site.attempt(Script(script, timeLimit: .seconds(120)))
        guard !result.lines.contains("active") else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(layout.unitName) on \(site.machine.name) does not stop. Nothing was removed.",
                hint: "Look at its log.",
                cause: result.complaint
            )
        }
        return "\(layout.unitName) is stopped."
    }

    /// Removes files with all that lies beside them on the way, and says of none that it is gone without looking.
    private func remove(_ paths: [String], _ marker: DeploymentMarker) async throws(MegaraptorError) {
        var words: [String] = []
        for path in paths where marker.files[path] != nil {
            for tail in ["", ".part", ".next", ".next.part"] { words.append(try quoted(path + tail)) }
        }
        guard !words.isEmpty else { return }
        let list = words.joined(separator: " ")
        try await site.run(
            "removing files",
            "rm -f \(list); for f in \(list); do if [ -e \"$f\" ]; then echo \"$f is still there\" >&2; exit 1; fi; done"
        )
    }

    private func removeRules(_ marker: DeploymentMarker) async throws(MegaraptorError) -> String {
        for rule in marker.firewall {
            let command =
                rule.tool == "ufw"
                ? "ufw delete allow \(rule.port)/tcp"
                : "firewall-cmd -q --permanent --remove-port=\(rule.port)/tcp; firewall-cmd -q --reload"
            try await site.run("closing port \(rule.port) in \(rule.tool)", command)
        }
        var marker = marker
        marker.firewall = []
        try await site.write(marker)
        return "Our rule is out of the firewall."
    }

    private func removeData(_ marker: DeploymentMarker) async throws(MegaraptorError) -> String {
        let ours = [layout.datastore, layout.logs].filter(marker.folders.contains)
        for folder in ours {
            let path = try quoted(folder)
            let script = Script("rm -rf --one-file-system \(path); [ ! -e \(path) ]", timeLimit: .seconds(1800))
            try await site.run("removing \(folder)", script)
        }
        let foreign = [layout.datastore, layout.logs].filter { !ours.contains($0) }
        return foreign.isEmpty
            ? "Data and logs are gone." : "Left, because they were there before: \(foreign.joined(separator: ", "))."
    }

    private func finish(_ marker: DeploymentMarker) async throws(MegaraptorError) -> String {
        let paths = marker.files.keys.sorted()
        var left: [String] = []
        for path in paths where try await site.exists(path) { left.append(path) }
        guard left.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "On \(site.machine.name) there are still: \(left.joined(separator: ", ")).",
                hint: "Plan the removal again."
            )
        }
        let facts = try await site.facts()
        let kept = marker.folders.filter { $0 != layout.configFolder && facts.hasFolder($0) }
        if !kept.isEmpty || (marker.account != nil && facts.hasAccount) {
            var rest = marker
            rest.files = [:]
            try await site.write(rest)
            let names = kept + (marker.account.map { ["the account \($0)"] } ?? [])
            return "Kept: \(names.joined(separator: ", ")). The mark says whose it is."
        }
        let (path, folder) = (try quoted(layout.marker), try quoted(layout.configFolder))
        let result = try await site.run(
            "removing the mark",
            "set -e; rm -f \(path) \(path).part; rmdir \(folder) 2>/dev/null || ls -A \(folder)"
        )
        return result.output.isEmpty
            ? "Nothing of it is left but what was to be kept."
            : "All of ours is gone. \(layout.configFolder) stays, because others put something there: "
                + result.lines.joined(separator: ", ") + "."
    }
}
