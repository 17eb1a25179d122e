// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import WholeFiles
import YAMLSource

/// A configuration file as it may be shown: what opens something is left out.
struct ShownConfiguration: Sendable {
    let file: String

    /// `{path, format, text, left_out}`.
    func answer(json: Bool) throws(MegaraptorError) -> JSONObject {
        guard let bytes = try PrivateFile.read(file, limit: 1 << 20) else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(file) does not exist: the deployment was not made to its end, or is destroyed.",
                hint: "get_deployment_status tells how it stands."
            )
        }
        let document = try YAMLDocument.parse(String(decoding: bytes, as: UTF8.self), file: file)
        var leftOut: [String] = []
        let shown = Self.shown(document.json, "", &leftOut)
        return [
            "path": .string(file), "format": json ? "json" : "yaml",
            "text": .string(json ? shown.prettyJSON() : YAMLEmitter.text(for: shown)),
            "left_out": .array(leftOut.map(JSONValue.string)),
        ]
    }

    private static let secretKeys: Set<String> = [
        "private_key", "gw_private_key", "client_private_key", "nonce", "obfuscation_nonce", "password_hash",
        "password_salt",
    ]

    private static func shown(_ value: JSONValue, _ path: String, _ leftOut: inout [String]) -> JSONValue {
        switch value {
        case .object(let object):
            return .object(
                JSONObject(
                    object.map { key, member in
                        guard !secretKeys.contains(key) else {
                            leftOut.append("\(path)/\(key)")
                            return (key, "[left out]")
                        }
                        return (key, shown(member, "\(path)/\(key)", &leftOut))
                    }
                )
            )
        case .array(let elements):
            return .array(elements.enumerated().map { shown($1, "\(path)/\($0)", &leftOut) })
        default: return value
        }
    }
}
