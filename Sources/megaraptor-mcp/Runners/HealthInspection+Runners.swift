// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginManifest

extension HealthInspection {
    /// Whether each tool without code of a plugin can be run, as far as its runner can tell beforehand.
    func runnerFindings(_ manifest: PluginManifest) async -> [HealthFinding] {
        let tools = manifest.tools.filter { $0.runner != nil }
        guard !tools.isEmpty else { return [] }
        var findings: [HealthFinding] = []
        for tool in tools {
            do throws(MegaraptorError) {
                try await runners.check(manifest, tool, .object(decisions), timeout: timeLimit)
            } catch {
                let isOpen = error.code == .deadlineExceeded || error.code == .unavailable
                var failure = error
                failure.message = "\(tool.name): \(error.message)"
                findings.append(HealthFinding("tools.run", isOpen ? .unknown : .broken, failure: failure))
            }
        }
        let right = tools.count - findings.count
        if right > 0 {
            let names = Set(tools.compactMap(\.runner)).sorted().joined(separator: ", ")
            let text = "\(right) of \(tools.count) tools without code pass the checks of their runner (\(names))."
            findings.append(HealthFinding("tools.run", .ok, text))
        }
        return findings
    }
}
