// SPDX-License-Identifier: Apache-2.0

public import MegaraptorPluginKit

/// The agents plugin as the host sees it: gets Velociraptor's agents onto machines, and collectors onto those without a
/// network.
public struct AgentsPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.agents", version: "0.1.0")

    let core: AgentsCore

    public init(host: HostServices) { self.init(core: AgentsCore(host: host)) }

    init(core: AgentsCore) { self.core = core }

    public var tools: [Tool] {
        installerTools + groupPolicyTools + ansibleTools + collectorTools + rolloutTools + lookingTools
    }
}
