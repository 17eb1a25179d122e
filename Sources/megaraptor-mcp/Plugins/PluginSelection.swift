// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust

/// Finds the plugins that a command's arguments name, trusted or not.
struct PluginSelection {
    let policy: TrustPolicy
    /// What would be offered, and why the rest would not.
    let levels: [String: TrustLevel]
    let quarantineFolder: String
    let workers: WorkerSettings
    private let search: (_ further: [String]) -> PluginSearch

    init(_ options: HostOptions) throws(MegaraptorError) {
        let environment = RunningProgram.environment
        let configuration = try options.configuration(environment)
        // Files are looked at whatever is demanded later: whoever pins wants to know.
        let demanded = TrustPolicy.Requirement(rawValue: configuration.trust.policy)
        policy = TrustPolicy(configuration, environment, demanding: demanded == .any ? .pinned : demanded)
        levels = HostOptions.discover(configuration, environment).1
        workers = configuration.workers(environment)
        quarantineFolder = HostFolders(environment: environment).quarantine
        search = { further in
            var widened = configuration
            widened.pluginFolders = further + widened.pluginFolders
            return HostOptions.search(widened, environment)
        }
    }

    /// - Parameter name: an id, or a folder with one plugin or several.
    func plugins(_ name: String) throws(MegaraptorError) -> [PluginManifest] {
        let known = search([]).discover()
        if let manifest = known.manifests.first(where: { $0.id == name }) { return [manifest] }
        guard PluginSearch.isFolder(name) else {
            let nearest = Spelling.nearest(to: name, among: known.manifests.map(\.id))
            throw MegaraptorError(
                .notFound,
                "There is no plugin \(name), and no folder of that name.",
                hint: nearest.map { "Did you mean \($0)?" } ?? "megaraptor-mcp plugins list shows what was found."
            )
        }
        let discovery = search([name]).discover()
        let found = discovery.manifests.filter { $0.folder == name || $0.folder.hasPrefix("\(name)/") }
        guard found.isEmpty else { return found }
        throw discovery.problems.first
            ?? MegaraptorError(
                .notFound,
                "There is no plugin in \(name).",
                hint: "A plugin's folder holds a plugin.yaml."
            )
    }
}
