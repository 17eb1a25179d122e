// SPDX-License-Identifier: Apache-2.0

public import PluginManifest

/// Which tools need a person's consent before they run.
public enum ConfirmationPolicy: String, Sendable, Hashable, CaseIterable {
    case never
    /// Tools that may destroy something.
    case destructive
    /// Every tool that is not read-only.
    case everyChange = "every-change"

    public func covers(_ annotations: ToolAnnotations) -> Bool {
        switch self {
        case .never: false
        case .destructive: annotations.destructive && !annotations.readOnly
        case .everyChange: !annotations.readOnly
        }
    }
}
