// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

extension OperatorConfiguration {
    /// Sets one key from the text of a flag or an environment variable, checked as in the file.
    ///
    /// - Parameters:
    ///   - path: the key's place in the file.
    ///   - text: a list has commas, a yes or no is `1`, `0` or a word for it.
    ///   - name: the flag or variable, for messages and explanations.
    public mutating func set(_ path: [String], to text: String, by name: String) throws(MegaraptorError) {
        let place = JSONPointer(path.flatMap { ["properties", $0] })
        guard let schema = Self.schema[place] else {
            throw MegaraptorError(.internal, "\(name) sets \(path.joined(separator: ".")), which is no key.")
        }
        let value = try Self.value(text, after: schema, name)
        do {
            if let violation = try JSONSchema(schema).validate(value).first {
                throw MegaraptorError(.invalidArgument, "\(name): \(violation).", hint: "Correct \(name).")
            }
        } catch let error as MegaraptorError {
            throw error
        } catch {
            throw MegaraptorError(.internal, "The schema of \(name) is itself wrong: \(error)")
        }
        lay(path.reversed().reduce(value) { [$1: $0] }) { _ in .named(name) }
    }

    /// What a text means for the kind of value that the schema wants. What means nothing is left to the schema.
    private static func value(_ text: String, after schema: JSONValue, _ name: String) throws(MegaraptorError)
        -> JSONValue
    {
        switch schema["type"]?.stringValue {
        case "array":
            let names = text.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
            // A list without a name would switch everything off, which nobody means.
            guard !names.isEmpty else {
                throw MegaraptorError(.invalidArgument, "\(name) names nothing.", hint: "Give names with commas.")
            }
            return .array(names.map(JSONValue.string))
        case "integer": return Int64(text).map(JSONValue.integer) ?? .string(text)
        case "boolean":
            switch text.lowercased() {
            case "1", "true", "yes", "on": return true
            case "0", "false", "no", "off": return false
            default:
                // A misspelt safety switch must not count as off.
                let fault = "\(name) is \"\(text)\", which is neither yes nor no."
                throw MegaraptorError(.invalidArgument, fault, hint: "Use 1 or 0.")
            }
        default: return .string(text)
        }
    }

    private static func trimmed(_ name: Substring) -> String {
        String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
