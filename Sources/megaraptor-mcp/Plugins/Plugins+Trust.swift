// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import PluginManifest
import PluginTrust

extension Plugins {
    /// Pins plugins as they are.
    struct Trust: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Trust plugins as they are now.",
            discussion: """
                Writes into the lock file what each plugin is: its id and version, and digests of its library, its \
                manifest and the texts beside it. A plugin that changes later is refused until it is trusted anew. \
                The exit status is 1 when one of them cannot be trusted.
                """
        )

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        @Argument(help: "Ids of plugins, or folders with plugins.")
        var plugins: [String]

        func run() throws {
            let selection = try PluginSelection(options)
            let examined = try plugins.flatMap(selection.plugins).map { PluginExamination($0, selection.policy) }
            var lock = try LockFile(reading: selection.policy.lock)
            for plugin in examined where !plugin.manifest.isBundled {
                guard var pin = plugin.fingerprint?.json else { continue }
                pin["signer"] = plugin.signer.map(JSONValue.string)
                lock.pins[plugin.manifest.id] = pin
            }
            if examined.contains(where: { Self.isPinned($0) }) { try lock.write() }
            if json {
                let members = examined.map { plugin in
                    var json = plugin.json
                    json["trusted"] = .bool(plugin.refusal == nil)
                    return JSONValue.object(json)
                }
                print(JSONValue.object(["lock": .string(lock.path), "plugins": .array(members)]).prettyJSON())
            } else {
                for plugin in examined { Self.show(plugin, lock.path) }
            }
            if examined.contains(where: { $0.refusal != nil }) { throw ExitCode(1) }
        }

        private static func isPinned(_ plugin: PluginExamination) -> Bool {
            plugin.refusal == nil && !plugin.manifest.isBundled
        }

        private static func show(_ plugin: PluginExamination, _ lock: String) {
            var lines = plugin.lines
            if isPinned(plugin) { lines.append(("trusted", "as it is now, in \(lock)")) }
            if plugin.manifest.isBundled { lines.append(("trusted", "it came with the host and needs no pin")) }
            PluginText.print(plugin.manifest, lines)
        }
    }

    /// Takes a pin away.
    struct Untrust: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Trust a plugin no longer.",
            discussion: "Takes its pin out of the lock file. The exit status is 1 when there was none."
        )

        @OptionGroup var options: HostOptions

        @Flag(help: "Print JSON.")
        var json = false

        @Argument(help: "The plugin's id.")
        var id: String

        func run() throws {
            let environment = RunningProgram.environment
            let policy = TrustPolicy(try options.configuration(environment), environment)
            var lock = try LockFile(reading: policy.lock)
            let wasPinned = lock.pins.removeValue(forKey: id) != nil
            if wasPinned { try lock.write() }
            if json {
                print(JSONValue.object(["id": .string(id), "was_pinned": .bool(wasPinned)]).prettyJSON())
            } else {
                print(wasPinned ? "\(id) is trusted no longer." : "\(id) does not stand in \(lock.path).")
            }
            if !wasPinned { throw ExitCode(1) }
        }
    }
}
