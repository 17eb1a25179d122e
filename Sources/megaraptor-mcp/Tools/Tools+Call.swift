// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue

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
            try ToolCommand(settings: options.settings, agrees: yes, printsJSON: json).run(name, try parsedArguments())
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
    }
}
