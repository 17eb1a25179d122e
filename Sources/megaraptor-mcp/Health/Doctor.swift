// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import JSONValue
import Logging
import MCPTransport
import MegaraptorErrors
import PluginHost
import PluginManifest

/// Looks for what is broken, and says what to do about it.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration, every plugin and what each plugin depends on.",
        discussion: "Opens every plugin. The exit status is 1 when something is broken."
    )

    @OptionGroup var options: HostOptions

    @Flag(help: "Print JSON, the same as the resource megaraptor://health.")
    var json = false

    func run() throws {
        // Before any plugin's code: whatever prints to standard output from here on lands on standard error.
        let output = try ProtocolDescriptors.claim().output
        let inspection = inspection()
        let report = waitFor { await inspection.report() }
        inspection.host.shutdown(within: 200)
        try TerminalText.write(json ? report.json.prettyJSON() + "\n" : report.text, to: output)
        if report.count(.broken) > 0 { throw ExitCode(1) }
    }

    /// A configuration that cannot be used is a finding, not the end.
    private func inspection() -> HealthInspection {
        let environment = RunningProgram.environment
        var configuration = OperatorConfiguration()
        configuration.pluginFolders = options.pluginDirectories
        var fault: MegaraptorError?
        do throws(MegaraptorError) {
            configuration = try options.configuration(environment)
        } catch {
            fault = error
        }
        let (discovery, trust) = HostOptions.discover(configuration, environment)
        // Why a plugin was refused stands in the report.
        let logger = Serve.makeLogger(environment, usually: .critical)
        let host = PluginHost(discovery, configuration, environment, logger)
        return HealthInspection(
            discovery: discovery,
            trust: trust,
            configuration: configuration,
            configurationFile: options.configurationFile(environment),
            configurationFault: fault,
            host: host,
            recorder: AuditRecorder.make(configuration, environment, host, logger)
        )
    }
}
