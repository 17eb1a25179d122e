// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import YAMLSource

extension PluginManifest {
    /// Takes in the texts that lie beside the manifest, and checks what a schema cannot say of prompts.
    mutating func readPrompts(_ document: YAMLNode) throws(MegaraptorError) {
        for index in prompts.indices {
            let place = ["prompts", "\(index)"]
            if let file = contributesJSON["prompts"]?.arrayValue?[index]["body_file"]?.stringValue {
                do throws(MegaraptorError) {
                    guard prompts[index].body == nil else {
                        throw MegaraptorError(.invalidArgument, "a prompt has either body or body_file")
                    }
                    prompts[index].body = try text(of: file)
                } catch {
                    throw refusal(document, place + ["body_file"], error.message)
                }
            }
            for (number, argument) in prompts[index].arguments.enumerated() {
                guard let (key, fault) = Self.fault(in: argument) else { continue }
                let message = "of the argument \(argument.name) the \(key) cannot be used: \(fault)"
                throw refusal(document, place + ["arguments", "\(number)", key], message)
            }
        }
    }

    private func text(of file: String) throws(MegaraptorError) -> String {
        guard let text = String(validating: try CheckedYAML.contents(of: "\(folder)/\(file)"), as: UTF8.self) else {
            throw MegaraptorError(.invalidArgument, "The file \(folder)/\(file) is not UTF-8.")
        }
        return text
    }

    private static func fault(in argument: PromptContribution.Argument) -> (key: String, message: String)? {
        do {
            _ = try JSONSchema(argument.schema)
        } catch {
            return ("pattern", "\(error)")
        }
        return argument.standard.flatMap(argument.fault).map { ("default", $0) }
    }
}

extension PromptContribution.Argument {
    /// The JSON Schema that every value has to fit.
    var schema: JSONValue {
        var schema: JSONObject = ["type": "string"]
        schema["pattern"] = pattern.map(JSONValue.string)
        schema["enum"] = allowed.map { .array($0.map(JSONValue.string)) }
        return .object(schema)
    }

    /// What is wrong with a value and what is allowed; `nil` where it fits.
    public func fault(in value: String) -> String? {
        do {
            guard try !JSONSchema(schema).validate(.string(value)).isEmpty else { return nil }
        } catch {
            return "\(error)"
        }
        if let allowed { return "allowed are \(allowed.joined(separator: ", "))" }
        return "it must match \(pattern ?? "")"
    }
}
