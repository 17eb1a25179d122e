// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust

extension Plugins {
    /// Everything that can be known of a plugin without opening it.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a plugin: what it offers and needs, and whether it is trusted.",
            discussion: "Runs none of its code. The exit status is 1 when the plugin would not be used."
        )

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        @Argument(help: "The plugin's id, or its folder.")
        var plugin: String

        func run() throws {
            let selection = try PluginSelection(options)
            let shown = try selection.plugins(plugin).map { try PluginCard($0, selection) }
            if json {
                let members = shown.map(\.json)
                print((members.count == 1 ? members[0] : .array(members)).prettyJSON())
            } else {
                for card in shown { PluginText.print(card.manifest, card.lines) }
            }
            if !shown.allSatisfy(\.isUsed) { throw ExitCode(1) }
        }
    }
}

/// What `plugins show` tells of one plugin.
private struct PluginCard {
    let manifest: PluginManifest
    private let examination: PluginExamination
    /// `nil` for a plugin that lies in none of the folders that are searched.
    private let level: TrustLevel?
    private let quarantine: Quarantine.Record?
    private let runs: PluginManifest.Isolation

    init(_ manifest: PluginManifest, _ selection: PluginSelection) throws(MegaraptorError) {
        self.manifest = manifest
        examination = PluginExamination(manifest, selection.policy)
        runs = selection.workers.isolation(of: manifest)
        level = selection.levels[manifest.id]
        let record = try Quarantine(folder: selection.quarantineFolder).record(of: manifest.id)
        quarantine = record?.seemsCurrent == true ? record : nil
    }

    var isUsed: Bool {
        if case .untrusted? = level { return false }
        return level != nil && quarantine == nil
    }

    private var trust: [(String, String)] {
        switch level {
        case .untrusted(let error)?: [("trust", "not trusted: \(error.message)"), ("fix", error.hint)]
        case let level?: [("trust", level.description)]
        case nil:
            [("trust", "its folder is not searched"), ("fix", "megaraptor-mcp plugins paths lists those that are")]
        }
    }

    private var isolation: String {
        guard runs == .process else { return "inside the host" }
        return manifest.isolation == .inProcess
            ? "in a process of its own; to run inside the host, as it asks, trust.in_process must name it"
            : "in a process of its own"
    }

    var lines: [(String, String)] {
        var lines = [("about", manifest.description), ("license", manifest.license)]
        lines += examination.lines + trust
        if let quarantine {
            lines.append(("quarantine", "since \(quarantine.time): \(quarantine.reason)"))
            lines.append(("fix", "megaraptor-mcp plugins release \(manifest.id)"))
        }
        lines.append(("isolation", isolation))
        lines.append(("toolsets", manifest.toolsets.map { $0.isDefault ? $0.name : "\($0.name) (off)" }.list))
        for tool in manifest.tools { lines.append(("tool", "\(tool.name)  \(tool.effect)")) }
        lines += manifest.prompts.map { ("prompt", $0.name) }
        lines += manifest.resources.map { ("resource", $0.uri) }
        return lines + manifest.resourceTemplates.map { ("resources", $0.uriTemplate) }
    }

    var json: JSONValue {
        var json = examination.json
        json["name"] = .string(manifest.name)
        json["description"] = .string(manifest.description)
        json["license"] = .string(manifest.license)
        json["trust"] = .string(level?.description ?? "not searched")
        json["is_used"] = .bool(isUsed)
        if case .untrusted(let error)? = level {
            json["reason"] = ["message": .string(error.message), "hint": .string(error.hint)]
        }
        json["quarantine"] = quarantine.map { .object($0.json) }
        json["isolation"] = .string(runs.rawValue)
        json["permissions"] = [
            "environment": .array(manifest.permissions.environment.map(JSONValue.string)),
            "secrets": .array(manifest.permissions.secrets.map(JSONValue.string)),
            "network": .bool(manifest.permissions.network), "exec": .bool(manifest.permissions.exec),
            "filesystem": .bool(manifest.permissions.filesystem),
        ]
        json["toolsets"] = .array(
            manifest.toolsets.map { ["name": .string($0.name), "default": .bool($0.isDefault)] }
        )
        json["contributes"] = manifest.contributesJSON
        return .object(json)
    }
}

extension ToolContribution {
    /// What a call does to the world.
    fileprivate var effect: String {
        annotations.readOnly ? "reads" : annotations.destructive ? "may destroy" : "changes"
    }
}

extension [String] {
    fileprivate var list: String { isEmpty ? "none" : joined(separator: ", ") }
}
