// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import YAMLSource

/// How a configuration is written. Every JSON text is YAML too, so the server reads both.
public enum ConfigurationFormat: String, Sendable, CaseIterable {
    case yaml
    case json

    func text(for value: JSONValue) -> String {
        switch self {
        case .yaml: YAMLEmitter.text(for: value)
        case .json: value.prettyJSON() + "\n"
        }
    }
}
