// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
public import MegaraptorPluginKit

/// The Velociraptor plugin as the host sees it.
public struct VelociraptorPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.velociraptor", version: "0.1.0")

    let servers: Servers
    let client: VelociraptorClient
    let help: HelpCatalog
    let watch: ResourceWatch

    /// Connects nowhere: the configuration is looked for at the first call.
    public init(host: HostServices) {
        servers = Servers(host: host)
        client = VelociraptorClient(source: servers)
        help = HelpCatalog(client: client)
        watch = ResourceWatch(
            client: client,
            announce: { uri throws(MegaraptorError) in try await host.resourceUpdated(uri) },
            log: { host.log(.warning, $0) }
        )
    }

    public var tools: [Tool] {
        serverTools.map { tool in
            tool.taking(.optional("connection", .connection)) { [servers] named, _, rest in
                try await servers.choosing(named, rest)
            }
        }
    }

    /// As they are for the one server that a call is about.
    private var serverTools: [Tool] {
        [listClients, getClientInfo]
            + clientChangeTools
            + artifactTools
            + flowTools
            + evidenceTools
            + huntTools
            + organizationTools
            + [runVQL]
            + vqlHelpTools
    }

    public var resources: [Resource] {
        [clientList, huntList, artifactList, serverInfo, organizationList]
    }

    public var resourceTemplates: [ResourceTemplate] {
        [clientDetails, flowDetails, huntDetails, huntResults, artifactDetails]
    }

    public func complete(
        _ request: CompletionRequest,
        context: CallContext
    ) async throws(MegaraptorError) -> Completion {
        try await Proposals(client: client, settled: request.settled, timeout: context.within(.seconds(10)))(
            request.argument,
            request.value
        )
    }

    public func subscribe(_ uri: String) async throws(MegaraptorError) {
        try await watch.begin(uri)
    }

    public func unsubscribe(_ uri: String) async {
        await watch.end(uri)
    }

    public func deactivate() async {
        await watch.endAll()
    }
}

extension CallContext {
    /// How long before the host stops waiting the server is to stop, so that its word still arrives.
    private static var margin: Duration { .seconds(2) }

    /// The time for a query: `limit`, or what is left before the host stops waiting.
    func within(_ limit: Duration) -> Duration {
        guard let timeLeft else { return limit }
        return min(limit, max(.seconds(1), timeLeft - Self.margin))
    }

    /// How large the result may be: what the call asks for, as far as operations allow it.
    func budget(_ asked: Int?) -> ResultBudget {
        ResultBudget(asked: asked, cap: resultBytes)
    }
}
