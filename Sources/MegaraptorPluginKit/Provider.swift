// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Something that other plugins may ask of this one, through the host's broker, where operations and the audit see it.
///
/// Whoever asks knows only the interface and the provider's name; several plugins may provide the same interface.
public struct Provider: Sendable {
    /// Takes an object and answers with one. Progress, cancellation and questions are those of the call on whose behalf
    /// it is asked.
    public typealias Operation = @Sendable (JSONValue, CallContext) async throws -> JSONValue

    /// What it understands, with its version: `deploy.provider/1`.
    public let interface: String
    /// Unique among the providers of its interface: lower-case letters, digits and `-`.
    public let name: String
    public let title: String?
    public let description: String
    let inputSchema: Schema
    let operations: [String: Operation]
    let reading: [String]

    /// - Parameters:
    ///   - inputSchema: of what whoever asks may choose; what it is for, the interface says.
    ///   - reading: the operations that change nothing. Only these can be asked for where operations allow reading only.
    ///   - changing: all others.
    public init(
        _ name: String,
        interface: String,
        title: String? = nil,
        description: String,
        inputSchema: Schema = .object(),
        reading: [String: Operation],
        changing: [String: Operation]
    ) {
        self.interface = interface
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.reading = reading.keys.sorted()
        operations = reading.merging(changing) { first, _ in first }
    }
}
