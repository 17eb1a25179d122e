// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
public import MegaraptorPluginKit

/// A server's API, asked through the plugin that speaks it.
public struct VelociraptorQueries: Sendable {
    /// Brings a question to a provider: on behalf of a call, or on nobody's.
    public typealias Carrier = @Sendable (ProviderCall) async throws(MegaraptorError) -> JSONValue

    public static let interface = "velociraptor.query/1"
    private static let provider = "velociraptor"

    /// The API client file: an absolute path.
    let apiConfig: String
    let carry: Carrier

    public init(apiConfig: String, carry: @escaping Carrier) {
        self.apiConfig = apiConfig
        self.carry = carry
    }

    /// Who the server takes us for, and its version: `{user, server_version?}`.
    public func check() async throws(MegaraptorError) -> JSONValue { try await ask("check", [:]) }

    /// The rows of a query that changes nothing.
    public func read(_ query: String, _ variables: JSONObject = [:]) async throws(MegaraptorError) -> [JSONValue] {
        try await rows("read", query, variables)
    }

    /// The rows of a query that changes something. Never asked twice.
    public func change(_ query: String, _ variables: JSONObject = [:]) async throws(MegaraptorError) -> [JSONValue] {
        try await rows("query", query, variables)
    }

    private func rows(
        _ operation: String,
        _ query: String,
        _ variables: JSONObject
    ) async throws(MegaraptorError) -> [JSONValue] {
        let answer = try await ask(operation, ["query": .string(query), "env": .object(variables)])
        if let failure = answer["failures"]?.arrayValue?.first {
            let text = failure["message"]?.stringValue ?? failure.stringValue ?? failure.json()
            throw MegaraptorError(.failedPrecondition, "The server's answer is not whole: \(text)")
        }
        guard answer["is_capped"] != true else {
            throw MegaraptorError(.resourceExhausted, "The server has more rows than can be taken at once.")
        }
        return answer["rows"]?.arrayValue ?? []
    }

    private func ask(_ operation: String, _ arguments: JSONObject) async throws(MegaraptorError) -> JSONValue {
        var arguments = arguments
        arguments["api_config"] = .string(apiConfig)
        return try await carry(ProviderCall(Self.interface, Self.provider, operation, .object(arguments)))
    }
}
