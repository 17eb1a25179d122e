// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Glibc
import JSONValue
import Logging
import MCPProtocol
import MCPServer
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

    func run() throws { try Self.serve(options.settings) }

    static func serve(_ settings: HostSettings) throws {
        // Before any plugin's code: whatever prints to standard output from here on lands on standard error.
        let descriptors = try ProtocolDescriptors.claim()
        let environment = RunningProgram.environment
        let logger = makeLogger(environment)
        let offer = try HostOffer(settings, environment) { report($0, to: logger) }
        let live = LiveHost(settings, offer, environment, logger)
        let server = makeServer(live, offer.configuration, logger)
        Task { for await uri in live.host.resourceUpdates { server.resourceDidChange(uri: uri) } }
        live.prepareStartupPlugins()
        let watch = LiveWatch(live, server, logger)
        let status = server.serve(input: descriptors.input, output: descriptors.output)
        watch.end()
        live.host.shutdown(within: 200)
        throw ExitCode(status)
    }

    /// The server over a host, for a client on standard input as for one within this process.
    static func makeServer(_ live: LiveHost, _ configuration: OperatorConfiguration, _ logger: Logger) -> MCPServer {
        MCPServer(
            configuration: ServerConfiguration(
                implementation: Implementation(
                    name: "megaraptor-mcp",
                    version: ProductVersion.text,
                    title: "Megaraptor"
                ),
                confirmation: configuration.confirmation,
                confirmsByToken: configuration.confirmsByToken,
                recorder: live.recorder,
                log: { logger.info("\($0)") }
            ),
            catalog: live,
            plugins: HostPluginCaller { live.inspection }
        )
    }

    private static func report(_ discovery: PluginSearch.Discovery, to logger: Logger) {
        for problem in discovery.problems { logger.error("\(problem)") }
        for shadowed in discovery.shadowed {
            logger.warning("\(shadowed.folder) is not used: \(shadowed.by) has the same id \(shadowed.id)")
        }
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
