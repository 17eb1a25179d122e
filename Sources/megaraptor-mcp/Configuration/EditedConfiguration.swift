// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Glibc
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import YAMLSource

/// The operator's file under the hands of a command that switches something.
struct EditedConfiguration {
    let path: String
    /// What the file says without flags and variables.
    private(set) var policy = CatalogPolicy()
    /// The plugins there are, on or off.
    let manifests: [PluginManifest]
    private var editor: YAMLEditor
    private let isNew: Bool
    private var isChanged = false

    private static let header = """
        # The operator's configuration of megaraptor-mcp. Every key with its default and what it does stands in
        # manifests/megaraptor.yaml of the installation.


        """

    init(_ settings: HostSettings, _ environment: [String: String]) throws(MegaraptorError) {
        path = ConfigurationSearch(explicit: settings.config, environment: environment).fileToEdit
        isNew = access(path, F_OK) != 0
        var settings = settings
        if isNew {
            editor = YAMLEditor(Self.header, file: path)
            // One that is named and still missing is about to be made.
            settings.config = nil
        } else {
            editor = YAMLEditor(try ConfigurationFile.text(path), file: path)
            policy = try OperatorConfiguration(file: path).policy
        }
        let here = isNew ? environment.filter { $0.key != "MEGARAPTOR_CONFIG" } : environment
        manifests = HostOptions.search(try settings.configuration(here), environment).discover().manifests
    }

    /// Writes the list and reads the file again.
    mutating func set(_ key: String, to names: [String]) throws(MegaraptorError) {
        try editor.set(key, to: names)
        try ConfigurationFile.replace(path, with: editor.text, isNew: isNew)
        policy = try OperatorConfiguration(file: path).policy
        isChanged = true
    }

    /// Says what holds now, after flags and variables; where they say otherwise than the file that is not what was
    /// wanted, and the status is 1.
    func report(
        _ kind: String,
        _ name: String,
        wanted: Bool,
        isOn: Bool,
        _ origin: RuleOrigin?,
        _ json: Bool
    ) throws {
        let origin = origin ?? .shipped
        if json {
            try TerminalText.write([
                kind: .string(name), "on": .bool(isOn), "changed": .bool(isChanged), "file": .string(path),
                "where": .string("\(origin)"),
            ])
        } else {
            let state = kind == "plugin" ? (isOn ? "enabled" : "disabled") : (isOn ? "on" : "off")
            let done = isChanged ? "\(path) has been changed." : "Nothing had to be changed in \(path)."
            let ending = isOn == wanted ? "A server that runs takes it over." : "That wins over the file."
            try TerminalText.write("\(done) The \(kind) \(name) is \(state) (\(origin)). \(ending)\n")
        }
        if isOn != wanted { throw ExitCode(1) }
    }
}
