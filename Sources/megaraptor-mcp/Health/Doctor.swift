// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Dispatch
import Glibc
import JSONValue
import Logging
import MCPServer
import MCPTransport
import MegaraptorErrors
import PluginHost
import PluginManifest
import Synchronization

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
        let report = Self.wait { await inspection.report() }
        inspection.host.shutdown(within: 200)
        guard let report else { throw MegaraptorError(.internal, "No report was made.") }
        try Self.write(json ? report.json.prettyJSON() + "\n" : report.text, to: output)
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
        let policy = configuration.confirm.flatMap(ConfirmationPolicy.init) ?? .destructive
        return HealthInspection(
            discovery: discovery,
            trust: trust,
            configuration: configuration,
            configurationFile: options.configurationFile(environment),
            configurationFault: fault,
            // Why a plugin was refused stands in the report.
            host: PluginHost(discovery, configuration, environment, Serve.makeLogger(environment, usually: .critical)),
            decisions: configuration.decisions(confirmation: policy)
        )
    }

    private static func wait(_ work: @escaping @Sendable () async -> HealthReport) -> HealthReport? {
        let done = DispatchSemaphore(value: 0)
        let box = Box()
        Task {
            let report = await work()
            box.report.withLock { $0 = report }
            done.signal()
        }
        done.wait()
        return box.report.withLock { $0 }
    }

    private final class Box: Sendable {
        let report = Mutex<HealthReport?>(nil)
    }

    private static func write(_ text: String, to output: Int32) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            guard count > 0 else { throw MegaraptorError(.unavailable, "Nobody takes the report.") }
            rest = rest.dropFirst(count)
        }
    }
}
