// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import JSONValue
import Logging
import MCPTransport
import MegaraptorErrors
import PluginHost

/// Calls one tool in a server of its own, for commands.
struct ToolCommand {
    let settings: HostSettings
    /// Whether consent is given beforehand.
    let agrees: Bool
    let printsJSON: Bool

    /// Calls the tool, prints what it answers, and ends with status 1 when that is an error.
    func run(_ name: String, _ arguments: JSONValue) throws {
        // Before any plugin's code: whatever prints to standard output from here on lands on standard error.
        let descriptors = try ProtocolDescriptors.claim()
        let environment = RunningProgram.environment
        let offer = try HostOffer(settings, environment)
        let logger = Serve.makeLogger(environment, usually: .warning)
        let live = LiveHost(settings, offer, environment, logger)
        let person = PersonAtTerminal(input: descriptors.input, agreesToAll: agrees)
        let session = ToolSession(Serve.makeServer(live, offer.configuration, logger), person)
        let outcome = waitFor { await session.call(name, arguments) }
        live.host.shutdown(within: 200)
        let result = try outcome.get()
        if printsJSON {
            try TerminalText.write(result, to: descriptors.output)
        } else {
            try TerminalText.write(Self.text(of: result), to: descriptors.output)
        }
        if result["isError"] == true { throw ExitCode(1) }
    }

    private static func text(of result: JSONValue) -> String {
        let parts = (result["content"]?.arrayValue ?? []).map { part -> String in
            guard let text = part["text"]?.stringValue else {
                return "[\(part["type"]?.stringValue ?? "something") \(part["mimeType"]?.stringValue ?? "")]"
            }
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { String($0).printable }.joined(separator: "\n")
        }
        return parts.joined(separator: "\n") + "\n"
    }
}
