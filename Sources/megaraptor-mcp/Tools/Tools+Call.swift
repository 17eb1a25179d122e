// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import JSONValue
import Logging
import MCPTransport
import MegaraptorErrors
import PluginHost

extension Tools {
    struct Call: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call one tool, as an assistant would.",
            discussion: """
                The call goes through the same server: the same tools are on, arguments are checked, and you are asked \
                before what needs consent. The exit status is 1 when the tool answers with an error.
                """
        )

        @OptionGroup var options: HostOptions

        @Argument(help: "The tool.", completion: .custom { _, _, _ in KnownNames.tools })
        var name: String

        @Argument(help: "Its arguments, a JSON object.")
        var arguments: String = "{}"

        @Flag(help: "Consent to whatever is asked. Needed where there is no terminal to ask at.")
        var yes = false

        @Flag(help: "Print the result as JSON.")
        var json = false

        func run() throws {
            let arguments = try parsedArguments()
            // Before any plugin's code: whatever prints to standard output from here on lands on standard error.
            let descriptors = try ProtocolDescriptors.claim()
            let environment = RunningProgram.environment
            let offer = try HostOffer(options.settings, environment)
            let logger = Serve.makeLogger(environment, usually: .warning)
            let live = LiveHost(options.settings, offer, environment, logger)
            let person = PersonAtTerminal(input: descriptors.input, agreesToAll: yes)
            let session = ToolSession(Serve.makeServer(live, offer.configuration, logger), person)
            let outcome = waitFor { [name] in await session.call(name, arguments) }
            live.host.shutdown(within: 200)
            let result = try outcome.get()
            if json {
                try TerminalText.write(result, to: descriptors.output)
            } else {
                try TerminalText.write(Self.text(of: result), to: descriptors.output)
            }
            if result["isError"] == true { throw ExitCode(1) }
        }

        private func parsedArguments() throws -> JSONValue {
            do {
                let value = try JSONValue(json: arguments)
                guard value.objectValue != nil else { throw ValidationError("The arguments are no JSON object.") }
                return value
            } catch let error as JSONError {
                throw ValidationError("The arguments are no JSON: \(error)")
            }
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
}
