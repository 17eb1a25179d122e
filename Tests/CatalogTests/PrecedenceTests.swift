// SPDX-License-Identifier: Apache-2.0

import Catalog
import PluginManifest
import Testing
import YAMLSource

@Suite("One table decides on every tool")
struct PrecedenceTests {
    private enum Nature: String, CaseIterable {
        case reads, changes, restrictsItself

        var manifestKeys: String {
            switch self {
            case .reads: "annotations: {read_only: true}, "
            case .changes: ""
            case .restrictsItself: "read_only_mode: restricted, "
            }
        }
    }

    private enum Toolsets: CaseIterable {
        case unsaid, named, notNamed
    }

    /// Everything that bears on one tool.
    private struct Situation {
        var nature: Nature
        var isShippedOn: Bool
        var isDisabled: Bool
        var isReadOnly: Bool
        var isDenied: Bool
        var isAllowed: Bool
        var toolsets: Toolsets

        static var all: [Situation] {
            var all: [Situation] = []
            for nature in Nature.allCases {
                for toolsets in Toolsets.allCases {
                    for bits in 0..<32 {
                        func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
                        all.append(
                            Situation(
                                nature: nature,
                                isShippedOn: bit(0),
                                isDisabled: bit(1),
                                isReadOnly: bit(2),
                                isDenied: bit(3),
                                isAllowed: bit(4),
                                toolsets: toolsets
                            )
                        )
                    }
                }
            }
            return all
        }

        /// The table in the operator's guide: the first line that applies.
        var expected: (rule: Decision.Rule, isOn: Bool, line: Int?) {
            if isDisabled { return (.disabledPlugins, false, 1) }
            if isReadOnly, nature == .changes { return (.readOnly, false, 2) }
            if isDenied { return (.deny, false, 3) }
            if isAllowed { return (.allow, true, 4) }
            if toolsets == .named { return (.toolsets, true, 5) }
            if toolsets == .notNamed { return (.toolsets, false, 6) }
            return (.shipped, isShippedOn, nil)
        }

        var policy: CatalogPolicy {
            var policy = CatalogPolicy()
            if isDisabled { policy.disabledPlugins = [rule("org.example.*", 1)] }
            if isReadOnly { (policy.readOnly, policy.readOnlyOrigin) = (true, origin(2)) }
            if isDenied { policy.deny = [rule("t*l", 3)] }
            if isAllowed { policy.allow = [rule("tool", 4)] }
            switch toolsets {
            case .unsaid: break
            case .named: policy.toolsets = .init([rule("s*", 5)], origin(6))
            case .notNamed: policy.toolsets = .init([rule("other", 5)], origin(6))
            }
            return policy
        }

        private func origin(_ line: Int) -> RuleOrigin { .file(YAMLPosition(file: "m.yaml", line: line, column: 1)) }
        private func rule(_ text: String, _ line: Int) -> PolicyRule { PolicyRule(text, origin(line)) }
    }

    private func manifest(_ nature: Nature, isShippedOn: Bool) throws -> PluginManifest {
        try TestManifests.manifest(
            """
            toolsets: [{name: set, description: x, default: \(isShippedOn)}, {name: other, description: x}]
            tools: [{name: tool, description: x, toolset: set, \(nature.manifestKeys)input_schema: {type: object}}]
            """
        )
    }

    @Test("disabled_plugins > read_only > deny > allow > toolsets > as shipped, in every combination")
    func everyCombination() throws {
        #expect(Situation.all.count == 288)
        for situation in Situation.all {
            let manifest = try manifest(situation.nature, isShippedOn: situation.isShippedOn)
            let catalog = try Catalog(manifests: [manifest], policy: situation.policy)
            let decision = try #require(catalog.decisions.first)
            let expected = situation.expected
            #expect(decision.isOn == expected.isOn, "\(situation)")
            #expect(decision.steps.last?.rule == expected.rule, "\(situation)")
            #expect(decision.place?.line == expected.line, "\(situation)")
            // Every rule before the one that decided was asked, in order, and knew nothing.
            let asked = Decision.Rule.allCases.prefix { $0 != expected.rule }
            #expect(decision.steps.dropLast().map(\.rule) == Array(asked), "\(situation)")
            #expect(decision.steps.dropLast().allSatisfy { $0.outcome == .undecided }, "\(situation)")
            // Lists and calls see the same.
            #expect(catalog.tools.map(\.contribution.name) == (expected.isOn ? ["tool"] : []), "\(situation)")
            #expect(catalog.rules == (expected.isOn ? ["tool": decision.rule] : [:]), "\(situation)")
        }
    }

    @Test("In read-only mode a tool that restricts itself is offered as one that only reads")
    func restricted() throws {
        let manifest = try manifest(.restrictsItself, isShippedOn: true)
        let normal = try Catalog(manifests: [manifest], policy: CatalogPolicy()).tools.map(\.contribution.annotations)
        #expect(normal == [ToolAnnotations()])
        let reading = try Catalog(manifests: [manifest], policy: CatalogPolicy(readOnly: true)).tools
        #expect(
            reading.map(\.contribution.annotations)
                == [ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: true)]
        )
    }
}
