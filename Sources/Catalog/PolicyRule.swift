// SPDX-License-Identifier: Apache-2.0

internal import PluginManifest
public import YAMLSource

/// Where an operator has said something.
public enum RuleOrigin: Sendable, Hashable {
    /// Nowhere: it is so unless somebody says otherwise.
    case shipped
    case file(YAMLPosition)
    /// A flag or an environment variable, as people write it.
    case named(String)

    public var place: YAMLPosition? {
        guard case .file(let position) = self else { return nil }
        return position
    }
}

extension RuleOrigin: CustomStringConvertible {
    public var description: String {
        switch self {
        case .shipped: "as shipped"
        case .file(let position): "\(position)"
        case .named(let name): name
        }
    }
}

/// One name or pattern of an operator's list, and where it stands.
public struct PolicyRule: Sendable, Hashable {
    public let text: String
    public let origin: RuleOrigin
    private let pattern: NamePattern

    public init(_ text: String, _ origin: RuleOrigin) {
        self.text = text
        self.origin = origin
        pattern = NamePattern(text)
    }

    public func matches(_ name: String) -> Bool { pattern.matches(name) }
}
