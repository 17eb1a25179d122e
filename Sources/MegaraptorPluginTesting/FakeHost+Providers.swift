// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
internal import Synchronization

extension FakeHost {
    /// Answers what a plugin asks of a provider: an operation and its arguments, in an object.
    public typealias ProviderAnswer = @Sendable (String, JSONValue) throws(MegaraptorError) -> JSONValue

    /// One question that the plugin put to a provider.
    public struct AskedOfProvider: Sendable, Hashable {
        public let interface: String
        public let provider: String
        public let operation: String
        public let arguments: JSONValue

        public init(interface: String, provider: String, operation: String, arguments: JSONValue) {
            self.interface = interface
            self.provider = provider
            self.operation = operation
            self.arguments = arguments
        }
    }

    /// Stands in for another plugin's provider, which the plugin finds and asks from here on.
    ///
    /// This host asks for no permission: a real one demands the interface under `permissions: providers:`.
    ///
    /// - Parameter plugin: whose it is, as the plugin is told.
    public func provide(
        _ name: String,
        of interface: String,
        plugin: String = "org.example.provider",
        description: String = "For a test.",
        inputSchema: JSONValue = ["type": "object"],
        answer: @escaping ProviderAnswer
    ) {
        let entry: JSONValue = [
            "name": .string(name), "plugin": .string(plugin), "version": "1.0.0",
            "description": .string(description), "input_schema": inputSchema,
        ]
        record.withLock { $0.providers[interface, default: [:]][name] = (entry, answer) }
    }

    /// What the plugin has asked of providers so far.
    public var askedOfProviders: [AskedOfProvider] { record.withLock { $0.askedOfProviders } }

    func listProviders(_ params: JSONValue) throws(MegaraptorError) -> JSONValue {
        let interface = try Self.text("interface", in: params)
        let known = record.withLock { $0.providers[interface] ?? [:] }
        return ["providers": .array(known.sorted { $0.key < $1.key }.map(\.value.entry))]
    }

    func callProvider(_ params: JSONValue) throws(MegaraptorError) -> JSONValue {
        let asked = AskedOfProvider(
            interface: try Self.text("interface", in: params),
            provider: try Self.text("provider", in: params),
            operation: try Self.text("operation", in: params),
            arguments: params["arguments"] ?? [:]
        )
        let known = record.withLock { record in
            record.askedOfProviders.append(asked)
            return record.providers[asked.interface] ?? [:]
        }
        guard let answer = known[asked.provider]?.answer else {
            throw MegaraptorError(
                .notFound,
                "No plugin provides \"\(asked.provider)\" of \(asked.interface).",
                hint: "The test provides: \(known.keys.sorted().joined(separator: ", "))."
            )
        }
        return try answer(asked.operation, asked.arguments)
    }
}
