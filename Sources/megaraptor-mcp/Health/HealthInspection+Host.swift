// SPDX-License-Identifier: Apache-2.0

import AuditLog
import AuditReview
import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

// What the host finds out about itself without asking anybody.

extension HealthInspection {
    var hostFindings: [HealthFinding] {
        let decided = [policyFinding, catalogFinding, toolsetsFinding, changesFinding, auditFinding]
        return [configurationFinding] + reloadFindings + manifestFindings + decided
    }

    private var configurationFinding: HealthFinding {
        if let configurationFault { return HealthFinding("configuration", failure: configurationFault) }
        guard let configurationFile else {
            return HealthFinding("configuration", .ok, "There is no configuration file; the defaults hold.")
        }
        return HealthFinding("configuration", .ok, "The configuration is \(configurationFile).")
    }

    private var manifestFindings: [HealthFinding] {
        let refused = discovery.problems.map { HealthFinding("plugins.refused", failure: $0) }
        let hidden = discovery.shadowed.map { plugin in
            HealthFinding(
                "plugins.hidden",
                .warning,
                "\(plugin.folder) is not used: \(plugin.by) has the same id \(plugin.id).",
                fix: "Remove one of the two."
            )
        }
        guard discovery.manifests.isEmpty else {
            let ids = discovery.manifests.map(\.id).joined(separator: ", ")
            return refused + hidden + [HealthFinding("plugins.found", .ok, "Plugins found: \(ids).")]
        }
        let none = HealthFinding(
            "plugins.found",
            .broken,
            "No plugin was found, so there is no tool.",
            fix: "megaraptor-mcp plugins paths shows where they are looked for."
        )
        return refused + hidden + [none]
    }

    /// What would keep the server from starting.
    private var catalogFinding: HealthFinding {
        do throws(MegaraptorError) {
            let catalog = try HostOffer.decide(configuration, discovery)
            let counts = "\(catalog.tools.count) tools, \(catalog.resources.count) resources, "
            let more = "\(catalog.resourceTemplates.count) resource templates and \(catalog.prompts.count) prompts"
            return HealthFinding("catalog", .ok, "Offered are \(counts)\(more).")
        } catch {
            return HealthFinding("catalog", failure: error)
        }
    }

    private var toolsetsFinding: HealthFinding {
        let policy = configuration.policy
        let toolsets = discovery.manifests.filter { policy.ruleDisabling($0.id) == nil }.flatMap(\.toolsets)
        let isOn = policy.isOn
        func names(_ kept: [ToolsetContribution]) -> String {
            kept.isEmpty ? "none" : kept.map(\.name).joined(separator: ", ")
        }
        let (on, off) = (names(toolsets.filter(isOn)), names(toolsets.filter { !isOn($0) }))
        return HealthFinding("toolsets", .ok, "Toolsets on: \(on); off: \(off).")
    }

    private var auditFinding: HealthFinding {
        guard let recorder else {
            return HealthFinding("audit", .ok, "Calls are not recorded, as the configuration says.")
        }
        let path = recorder.trail.path
        if let failure = recorder.lastFailure { return HealthFinding("audit", failure: failure) }
        do throws(MegaraptorError) {
            _ = try AuditReader(recorder.trail)
            return HealthFinding("audit", .ok, "Calls are recorded in \(path).")
        } catch {
            guard error.code == .notFound else { return HealthFinding("audit", failure: error) }
            return HealthFinding("audit", .ok, "Calls will be recorded in \(path).")
        }
    }

    private var changesFinding: HealthFinding {
        let asked = decisions["confirm"]?.stringValue ?? ""
        let text =
            configuration.policy.readOnly
            ? "Read-only: nothing that changes something is offered."
            : "Changes are allowed; before them a person is asked: \(asked)."
        return HealthFinding("changes", .ok, text)
    }
}
