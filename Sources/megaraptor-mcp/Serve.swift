// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Catalog
import Glibc
import JSONValue
import Logging
import MCPProtocol
public import MCPServer
import MCPTransport
import MegaraptorErrors
import PluginHost
import PluginManifest
import PluginTrust

/// Serves one client on standard input and output until it hangs up.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the Model Context Protocol on standard input and output.",
        usage: "megaraptor-mcp serve [options]"
    )

    @OptionGroup var options: HostOptions

    @Option(
        help: """
            Ask before tools that change something: never, destructive (unless the tool's manifest says that it need \
            not ask, as that of run_vql does) or every-change.
            """
    )
    var confirm: ConfirmationPolicy?

    func run() throws {
        // Before any plugin's code: whatever prints to standard output from here on lands on standard error.
        let descriptors = try ProtocolDescriptors.claim()
        let environment = RunningProgram.environment
        let configuration = try options.configuration(environment)
        let logger = Self.makeLogger(environment)
        let (discovery, trust) = Self.discover(configuration, environment, logger)
        let catalog = try HostContributions.catalog(of: discovery.manifests, configuration.policy)
        try PluginManifest.check(settings: configuration.settings, of: discovery.manifests + discovery.refused)
        let confirmation = try policy(configuration)
        let inspection = HealthInspection(
            discovery: discovery,
            trust: trust,
            configuration: configuration,
            configurationFile: options.configurationFile(environment),
            host: PluginHost(discovery, configuration, environment, logger),
            decisions: configuration.decisions(confirmation: confirmation)
        )
        let host = inspection.host
        let server = MCPServer(
            configuration: ServerConfiguration(
                implementation: Implementation(
                    name: "megaraptor-mcp",
                    version: ProductVersion.text,
                    title: "Megaraptor"
                ),
                confirmation: confirmation,
                log: { logger.info("\($0)") }
            ),
            catalog: catalog,
            plugins: HostPluginCaller(inspection)
        )
        Task { for await uri in host.resourceUpdates { server.resourceDidChange(uri: uri) } }
        for manifest in discovery.manifests where manifest.activation == .startup { Self.prepare(manifest.id, host) }
        let status = server.serve(input: descriptors.input, output: descriptors.output)
        host.shutdown(within: 200)
        throw ExitCode(status)
    }

    private func policy(_ configuration: OperatorConfiguration) throws -> ConfirmationPolicy {
        if let confirm { return confirm }
        guard let name = configuration.confirm else { return .destructive }
        guard let policy = ConfirmationPolicy(rawValue: name) else {
            throw MegaraptorError(.invalidArgument, "confirm is \"\(name)\", which is no policy.")
        }
        return policy
    }

    /// A plugin that is to be open at the start is opened beside the first requests; its failure is logged by the host.
    private static func prepare(_ id: String, _ host: PluginHost) {
        Task { do { try await host.prepare(id) } catch {} }
    }

    private static func discover(
        _ configuration: OperatorConfiguration,
        _ environment: [String: String],
        _ logger: Logger
    ) -> (PluginSearch.Discovery, [String: TrustLevel]) {
        let (discovery, trust) = HostOptions.discover(configuration, environment)
        for problem in discovery.problems { logger.error("\(problem)") }
        for shadowed in discovery.shadowed {
            logger.warning("\(shadowed.folder) is not used: \(shadowed.by) has the same id \(shadowed.id)")
        }
        return (discovery, trust)
    }

    /// - Parameter usual: the level unless `MEGARAPTOR_LOG` says another.
    static func makeLogger(_ environment: [String: String], usually usual: Logger.Level = .info) -> Logger {
        let wanted = environment["MEGARAPTOR_LOG"]
        let level = wanted.flatMap { Logger.Level(rawValue: $0) }
        let logger = Logger(label: "megaraptor-mcp") { StandardErrorLogHandler(label: $0, level: level ?? usual) }
        if let wanted, level == nil {
            logger.warning("MEGARAPTOR_LOG is \"\(wanted)\", which is no level; \(usual) is used")
        }
        return logger
    }
}

extension ConfirmationPolicy: ExpressibleByArgument {}
