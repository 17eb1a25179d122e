// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// JSON values on their way into a query's scope.
///
/// The server inserts the value of an environment variable as a string, whatever it looks like. Strings travel so.
/// All other values travel together as one JSON document, and statements in front of the query read each into a
/// variable of its own: still as data, never as text of the query.
struct TypedEnvironment: Sendable, Hashable {
    var variables: [VQLQuery.Variable] = []
    var prelude = ""

    /// The variable that carries the document.
    private static let carrier = "MegaraptorTypedEnvironment"

    /// The server's own variables, which hide those of a request: a value of this name would never be seen.
    private static let taken: Set<String> = ["Artifact", "config", "_SessionId", "NULL"]

    init(_ environment: JSONObject) throws(MegaraptorError) {
        var typed: JSONObject = [:]
        for (name, value) in environment {
            guard Self.isName(name), name != Self.carrier else { throw Self.badName(name) }
            guard !Self.taken.contains(name) else { throw Self.takenName(name) }
            if case .string(let text) = value {
                variables.append(VQLQuery.Variable(name, text))
            } else {
                guard Self.isExact(value) else { throw Self.inexact(name) }
                typed[name] = value
            }
        }
        guard !typed.isEmpty else { return }
        variables.append(VQLQuery.Variable(Self.carrier, typed.jsonText))
        // The back quotes make any name an identifier, also one that is a word of the language.
        prelude = typed.keys.map { "LET `\($0)` <= parse_json(data=\(Self.carrier)).`\($0)`" }.joined(separator: "\n")
    }

    /// Whether the server can hold every number in the value: 64-bit integers and finite doubles.
    private static func isExact(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let number):
            number.doubleValue.isFinite && (number.literal == "-0" || number.literal.contains { ".eE".contains($0) })
        case .array(let elements): elements.allSatisfy(isExact)
        case .object(let members): members.allSatisfy { isExact($0.value) }
        default: true
        }
    }

    private static func inexact(_ name: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "The value of `\(VisibleText.escape(name))` in env holds a number that the server cannot hold.",
            hint: "Integers have 64 bits there. Pass a larger number as a string."
        )
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    private static func takenName(_ name: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "The server has a variable `\(name)` of its own, which hides a value of that name in env.",
            hint: "Give the value another name, here and in the query."
        )
    }

    private static func badName(_ name: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "`\(VisibleText.escape(name))` cannot be the name of a value in env.",
            hint: "Names consist of letters, digits and underscores and do not begin with a digit."
        )
    }
}

extension JSONObject {
    var jsonText: String {
        JSONValue.object(self).json()
    }
}
