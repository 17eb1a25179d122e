// SPDX-License-Identifier: Apache-2.0

import Catalog
import PluginManifest
import PluginTrust

// Who vouches for what runs.

extension HealthInspection {
    /// Which plugins may be used at all.
    var policyFinding: HealthFinding {
        switch TrustPolicy.Requirement(rawValue: configuration.trust.policy) {
        case .any?:
            return HealthFinding(
                "trust",
                .warning,
                "Every plugin that is found is used, whoever can change it.",
                fix: "Set trust.policy to pinned, then `megaraptor-mcp plugins trust ID` for each plugin you trust."
            )
        case .signed? where configuration.trust.signers.isEmpty:
            return HealthFinding(
                "trust",
                .warning,
                "Plugins must be signed, but nobody's signature counts.",
                fix: "Name those who sign and their public keys in trust.signers."
            )
        case .signed?:
            let names = configuration.trust.signers.keys.sorted().joined(separator: ", ")
            return HealthFinding("trust", .ok, "Plugins from elsewhere must be signed by one of: \(names).")
        case .pinned?, nil:
            return HealthFinding("trust", .ok, "Plugins from elsewhere must be as they were when they were trusted.")
        }
    }

    func trustFinding(_ manifest: PluginManifest) -> HealthFinding {
        let level = trust[manifest.id] ?? .notChecked
        return HealthFinding("plugin.trust", .ok, "Trust: \(level).")
    }

    static func outdated(_ library: LibraryIdentity) -> HealthFinding {
        let what = library.state == .gone ? "is gone" : "has changed"
        return HealthFinding(
            "plugin.library",
            .warning,
            "The library \(library.path) \(what) since it was opened; what was opened still runs.",
            fix: "Restart the host to use what lies there now."
        )
    }
}
