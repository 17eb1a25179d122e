// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The parameters of a collection, artifact by artifact, as the server wants them.
///
/// The server drops parameters that an artifact does not declare, in silence. Here they are refused before anything is
/// sent.
struct ArtifactParameters: Sendable, Hashable {
    /// `{artifact: {parameter: text}}`; what `spec` of `collect_client()` and `hunt()` takes.
    private(set) var specification: JSONObject = [:]

    /// - Parameters:
    ///   - given: `{artifact: {parameter: value}}`; values of any JSON type.
    ///   - definitions: those of all artifacts that are collected.
    /// - Throws: `invalid_argument` for an artifact that is not collected, a parameter that it does not declare, or a
    ///   value that is none of its choices.
    init(_ given: JSONObject, _ definitions: [ArtifactDefinition]) throws(MegaraptorError) {
        for definition in definitions { specification[definition.name] = [:] }
        for (artifact, values) in given {
            guard let definition = definitions.first(where: { $0.name == artifact }) else {
                let names = definitions.map(\.name)
                throw Self.error("Parameters are given for \(artifact), which is not collected.", artifact, names)
            }
            guard let values = values.objectValue else {
                throw MegaraptorError(
                    .invalidArgument,
                    "The parameters of \(artifact) are no object.",
                    hint: "Write them as {\"\(artifact)\": {\"Parameter\": value}}."
                )
            }
            var texts: JSONObject = [:]
            for (name, value) in values { texts[name] = .string(try Self.text(name, value, of: definition)) }
            specification[artifact] = .object(texts)
        }
    }

    private static func text(
        _ name: String,
        _ value: JSONValue,
        of definition: ArtifactDefinition
    ) throws(MegaraptorError) -> String {
        guard let parameter = definition.parameters.first(where: { $0.name == name }) else {
            let known = definition.parameters.map(\.name)
            throw error("\(definition.name) has no parameter \(name).", name, known)
        }
        let text = text(value)
        guard parameter.choices.isEmpty || parameter.choices.contains(text) else {
            throw error("\(text) is no choice for \(name) of \(definition.name).", text, parameter.choices)
        }
        return text
    }

    /// The server keeps every parameter as text: flags as Y and N, lists and objects as JSON.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "Y" : "N"
        case .null: ""
        default: value.json()
        }
    }

    private static func error(_ message: String, _ name: String, _ known: [String]) -> MegaraptorError {
        let nearest = Spelling.nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
        let list = known.isEmpty ? "It has none." : "Known are: \(known.prefix(40).joined(separator: ", "))."
        return MegaraptorError(.invalidArgument, VisibleText.escape(message), hint: nearest + list)
    }
}
