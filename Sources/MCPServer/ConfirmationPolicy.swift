// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

/// Which tools need a person's consent before they run.
public enum ConfirmationPolicy: String, Sendable, Hashable, CaseIterable {
    case never
    /// Tools that may destroy something.
    case destructive
    /// Every tool that is not read-only.
    case everyChange = "every-change"

    public func covers(_ tool: ToolContribution) -> Bool {
        switch self {
        case .never: false
        case .destructive: tool.annotations.destructive && !tool.annotations.readOnly && tool.asksFirst
        case .everyChange: !tool.annotations.readOnly
        }
    }
}
