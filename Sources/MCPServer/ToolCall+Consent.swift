// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors
import PluginManifest

extension ToolCall {
    enum Consent {
        /// The tool may run, and its plugin gets what the client has brought for it.
        case given(Interaction)
        /// The tool may not run; this goes to the client instead.
        case answer([UInt8])
    }

    /// Where the question stands in an `input_required` result, and the person's answer in the next request.
    private static let question = "confirm"

    private static let formSchema: JSONValue = [
        "type": "object",
        "properties": [
            "confirm": ["type": "boolean", "title": "Go ahead", "description": "Whether this may be done."]
        ],
        "required": ["confirm"],
    ]

    /// Finds out whether the tool may run, and notes how in the call's description. A refusal is recorded.
    func consent(
        token: JSONValue?,
        _ arguments: JSONObject,
        _ binding: Binding,
        _ description: inout CallDescription
    ) async throws -> Consent {
        do {
            return try await consent(token: token, arguments, binding, noting: &description.consent)
        } catch let refusal as MegaraptorError {
            let isDeclined = refusal.code == .permissionDenied
            description.consent = isDeclined ? .declined : .impossible
            let outcome = CallOutcome(isDeclined ? "declined" : refusal.code.name)
            await server.configuration.recorder?.refused(description, outcome)
            throw refusal
        }
    }

    /// At once, after asking the person, or after a confirmed repetition.
    private func consent(
        token: JSONValue?,
        _ arguments: JSONObject,
        _ binding: Binding,
        noting consent: inout CallConsent
    ) async throws -> Consent {
        let returned = try interaction.state.map {
            try SealedState(opening: $0, for: binding, with: server.confirmations)
        }
        if case .plugin(let state) = returned {
            if tool.asks { consent = .earlier }
            return .given(interaction.opened(state))
        }
        guard tool.asks else {
            if returned != nil { throw SealedState.refusal }
            return .given(interaction)
        }
        consent = token == nil ? .accepted : .token
        if let token { return try self.consent(byToken: token, arguments, binding) }
        if request.version.has(.stateless), request.capabilities.elicitsForms {
            let answer = returned == nil ? nil : interaction.responses?[Self.question]
            guard let answer else { return .answer(try askInResult(arguments, binding)) }
            return try self.consent(byAnswer: answer)
        }
        if let elicit = connection.elicit(for: request) {
            return try self.consent(byAnswer: try await elicit(question(arguments), Self.formSchema))
        }
        guard tool.confirmationProperty != nil else { throw Self.nobodyToAsk }
        return .answer(try askForToken(arguments, binding, preface: nil))
    }

    private func consent(byAnswer answer: JSONValue) throws -> Consent {
        guard answer["action"]?.stringValue == "accept", answer["content"]?["confirm"]?.boolValue == true else {
            let refusal = MegaraptorError(
                .permissionDenied,
                "The user did not agree. Nothing has been done.",
                hint: "Do not repeat the call unless the user asks for it."
            )
            throw refusal
        }
        return .given(.none)
    }

    private static let nobodyToAsk = MegaraptorError(
        .failedPrecondition,
        "A person must agree to this, and this client cannot ask one. Nothing has been done.",
        hint: "Use a client with elicitation, or let operations set confirm_by_token: true."
    )

    // MARK: With a token in the arguments

    private func consent(byToken token: JSONValue, _ arguments: JSONObject, _ binding: Binding) throws -> Consent {
        let preface: String
        do {
            let payload = try server.confirmations.open(token.stringValue ?? "", for: binding.bytes)
            // A sealed state holds something: it is for `requestState` and stands for no consent.
            guard payload.isEmpty else { throw ConfirmationSeal.Fault.forged }
            return .given(.none)
        } catch ConfirmationSeal.Fault.expired {
            preface = "This confirmation has expired."
        } catch ConfirmationSeal.Fault.used {
            preface = "This confirmation has been used already."
        } catch is ConfirmationSeal.Fault {
            preface = "This is no confirmation for exactly this call."
        }
        return .answer(try askForToken(arguments, binding, preface: preface))
    }

    private func askForToken(_ arguments: JSONObject, _ binding: Binding, preface: String?) throws -> [UInt8] {
        let token = try server.confirmations.seal([], for: binding.bytes)
        let minutes = max(1, server.configuration.confirmationLifetime.components.seconds / 60)
        let text = """
            \(preface.map { $0 + " " } ?? "")Nothing has been done yet. \(question(arguments))
            If the user agrees, call \(tool.contribution.name) again with the same arguments and \
            "\(tool.confirmationProperty ?? "")": "\(token)". It is valid once, for \(minutes) minutes.
            """
        return try shape(ErrorMapping.toolResult(text: text))
    }

    // MARK: With a question to the client

    private func askInResult(_ arguments: JSONObject, _ binding: Binding) throws -> [UInt8] {
        let form: JSONValue = [
            "method": "elicitation/create",
            "params": [
                "mode": "form",
                "message": .string(question(arguments)),
                "requestedSchema": Self.formSchema,
            ],
        ]
        var result = ResultWriter(request.version, kind: .inputRequired, server: server.configuration.implementation)
        result.object.value("inputRequests", .object([Self.question: form]))
        result.object.string(
            "requestState",
            try SealedState.confirmation.sealed(for: binding, with: server.confirmations)
        )
        return result.finish()
    }

    /// What would happen, in one paragraph for the person who decides.
    private func question(_ arguments: JSONObject) -> String {
        let contribution = tool.contribution
        let nature = contribution.annotations.destructive ? "may destroy data" : "changes something"
        return """
            The tool \(contribution.title.map { "\"\($0)\" (\(contribution.name))" } ?? contribution.name) \(nature). \
            It would be called with \(JSONValue.object(arguments).json()). What it does: \(contribution.description)
            """
    }
}
