// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

// What has come of changes to the files while the host runs.

extension HealthInspection {
    var reloadFindings: [HealthFinding] {
        guard let reloadFault else { return [] }
        var finding = HealthFinding("configuration.change", failure: reloadFault)
        finding.message = "The files have changed and cannot be used; the former state goes on. \(finding.message)"
        return [finding]
    }

    static let outdatedFinding = HealthFinding(
        "plugin.changed",
        .warning,
        "The plugin's files have changed since it was opened; what was opened goes on.",
        fix: "Trust it as it is now (megaraptor-mcp plugins trust ID), or restart the host if it runs inside it."
    )
}
