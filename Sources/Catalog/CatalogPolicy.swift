// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

/// What operations allow.
public struct CatalogPolicy: Sendable, Hashable {
    /// Which toolsets are on.
    public enum Toolsets: Sendable, Hashable {
        /// Those that their manifests switch on.
        case asShipped
        case all
        case only(Set<String>)
    }

    /// Stands for all toolsets that are on as shipped.
    static let shippedToolsets = "default"

    /// Only tools that change nothing; beats everything else.
    public var readOnly: Bool
    public var toolsets: Toolsets

    public init(readOnly: Bool = false, toolsets: Toolsets = .asShipped) {
        self.readOnly = readOnly
        self.toolsets = toolsets
    }

    public func isOn(_ toolset: ToolsetContribution) -> Bool {
        switch toolsets {
        case .all: true
        case .asShipped: toolset.isDefault
        case .only(let names):
            names.contains(toolset.name) || (toolset.isDefault && names.contains(Self.shippedToolsets))
        }
    }
}
