// SPDX-License-Identifier: Apache-2.0

package import JSONValue

// Views of `run.native`, which the manifest's schema has accepted.

/// A tool without code: C functions of one library that are called in order.
package struct NativeTool: Sendable {
    /// No buffer is larger, whoever says how large it is to be.
    package static let sizeLimit = 16 << 20

    let json: JSONValue

    package init(checked json: JSONValue) { self.json = json }

    package var library: String { json["library"]?.stringValue ?? "" }
    /// Whether the library lies beside the manifest; else the system's loader finds it.
    package var isBeside: Bool { json["beside"]?.boolValue ?? false }
    package var calls: [NativeCall] { (json["calls"]?.arrayValue ?? [json]).map(NativeCall.init(json:)) }
}

package struct NativeCall: Sendable {
    let json: JSONValue

    package var symbol: String { json["symbol"]?.stringValue ?? "" }
    package var arguments: [NativeArgument] { (json["arguments"]?.arrayValue ?? []).map(NativeArgument.init(json:)) }
    package var resultType: NativeType? { json["result"].map(NativeType.init(of:)) }
    package var resultName: String? { json["result"]?["name"]?.stringValue }
    package var mayBeNull: Bool { json["result"]?["nullable"]?.boolValue ?? false }
    /// What the result is, or is not, or is at least, where the call succeeded.
    package var success: (rule: String, value: JSONValue)? {
        json["success"]?.objectValue?.first.map { (rule: $0.key, value: $0.value) }
    }
    /// Whether it is made after a failure too, to give back what earlier calls took.
    package var isAlways: Bool { json["always"]?.boolValue ?? false }

    /// What the call gives, by name: its outputs and its result.
    package var products: [(name: String, type: NativeType)] {
        let outputs = arguments.compactMap { argument in argument.output.map { (name: $0, type: argument.type) } }
        guard let resultName, let resultType else { return outputs }
        return outputs + [(resultName, resultType)]
    }
}

package struct NativeArgument: Sendable {
    let json: JSONValue

    package var type: NativeType { NativeType(of: json) }
    package var from: String? { json["from"]?.stringValue }
    package var value: JSONValue? { json["value"] }
    package var lengthOf: String? { json["length_of"]?.stringValue }
    package var sizeOf: String? { json["size_of"]?.stringValue }
    package var output: String? { json["output"]?.stringValue }
    /// A number, or a name.
    package var size: JSONValue? { json["size"] }
    package var length: String? { json["length"]?.stringValue }
    /// Whether bytes are text in JSON; else they are base64.
    package var isText: Bool { json["encoding"] == "text" }
    /// Whether the host allocates what the function fills.
    package var isBuffer: Bool { type.isContent && output != nil }
}
