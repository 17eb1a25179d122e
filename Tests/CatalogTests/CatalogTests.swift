// SPDX-License-Identifier: Apache-2.0

import Catalog
import MegaraptorErrors
import PluginManifest
import Testing
import YAMLSource

@Suite("The catalog decides what is visible and callable")
struct CatalogTests {
    private static let cases: [(CatalogPolicy.Toolsets?, [String])] = [
        (nil, ["read", "write", "query"]),
        (.named("all"), ["read", "write", "query", "deploy"]),
        (.named("*"), ["read", "write", "query", "deploy"]),
        (.named("deploy"), ["deploy"]),
        (.named("d*y"), ["deploy"]),
        (.named("default"), ["read", "write", "query"]),
        (.named("default", "deploy"), ["read", "write", "query", "deploy"]),
        (.named(), []),
    ]

    @Test("Toolsets are named, matched by patterns, or stand for those as shipped and for all", arguments: cases)
    private func named(toolsets named: CatalogPolicy.Toolsets?, expected: [String]) throws {
        let catalog = try Catalog(manifests: [TestManifests.usual()], policy: CatalogPolicy(toolsets: named))
        #expect(catalog.tools.map(\.contribution.name) == expected)
    }

    private static let slips: [(CatalogPolicy, message: String, hint: String)] = [
        (CatalogPolicy(toolsets: .named("deplyo")), "--toolsets: there is no toolset \"deplyo\".", "deploy?"),
        (CatalogPolicy(toolsets: .named("default", "x*")), "--toolsets: no toolset matches \"x*\".", "toolsets list"),
        (CatalogPolicy(allow: .named("raed")), "--flag: there is no tool \"raed\".", "Did you mean read?"),
        (CatalogPolicy(deny: .named("read", "q_*")), "--flag: no tool matches \"q_*\".", "tools list --all"),
        (CatalogPolicy(deny: .named("instal")), "--flag: there is no tool \"instal\".", "Did you mean install?"),
        (
            CatalogPolicy(disabledPlugins: .named("org.example.oen")),
            "--flag: there is no plugin \"org.example.oen\".", "Did you mean org.example.one?"
        ),
    ]

    @Test("A name or pattern that means nothing is an error with its place and what was meant", arguments: slips)
    private func slip(policy: CatalogPolicy, message: String, hint: String) throws {
        let error = #expect(throws: MegaraptorError.self) {
            try Catalog(manifests: [TestManifests.usual()], policy: policy)
        }
        #expect(error?.message == message)
        #expect(error?.hint.contains(hint) == true, "\(error?.hint ?? "")")
    }

    @Test("A name that means nothing is shown where it stands in the file")
    func place() throws {
        let rule = PolicyRule("wirte", .file(YAMLPosition(file: "m.yaml", line: 7, column: 9)))
        let error = #expect(throws: MegaraptorError.self) {
            try Catalog(manifests: [TestManifests.usual()], policy: CatalogPolicy(deny: [rule]))
        }
        #expect(error?.message.hasPrefix("m.yaml:7:9: ") == true)
    }

    @Test("Of a disabled plugin nothing is offered, while its decisions can be explained")
    func disabled() throws {
        let manifests = try [TestManifests.usual(), TestManifests.manifest(id: "org.example.two", "prompts: []")]
        let policy = CatalogPolicy(allow: .named("read"), disabledPlugins: .named("*.one"))
        let catalog = try Catalog(manifests: manifests, policy: policy)
        #expect(catalog.tools.isEmpty && catalog.resources.isEmpty && catalog.prompts.isEmpty)
        #expect(catalog.callable == ["org.example.two"] && catalog.disabledPlugins == ["org.example.one"])
        #expect(
            catalog.decisions.map(\.rule)
                == Array(repeating: "the plugin org.example.one is disabled by \"*.one\"", count: 4)
        )
        #expect(catalog.decisions.first?.origin == .named("--flag"))
    }

    @Test("Two plugins with one runner's name are refused, naming both")
    func runnerConflict() throws {
        let runner = "runners: [{name: sql, description: x}]"
        let two = try [
            TestManifests.manifest(id: "org.example.a", runner), TestManifests.manifest(id: "org.example.b", runner),
        ]
        let error = #expect(throws: MegaraptorError.self) { try Catalog(manifests: two, policy: CatalogPolicy()) }
        #expect(error?.message == "The runner \"sql\" is offered by org.example.a and by org.example.b.")
    }

    @Test("Two plugins with one provider's name of one interface are refused, unless one is disabled")
    func providerConflict() throws {
        func plugin(_ id: String, _ interface: String) throws -> PluginManifest {
            try TestManifests.manifest(id: id, "providers: [{interface: \(interface), name: vm, description: x}]")
        }
        let one = try plugin("org.example.a", "deploy.provider/1")
        let two = try plugin("org.example.b", "deploy.provider/1")
        let error = #expect(throws: MegaraptorError.self) {
            try Catalog(manifests: [one, two], policy: CatalogPolicy())
        }
        #expect(
            error?.message
                == "The provider \"vm of deploy.provider/1\" is offered by org.example.a and by org.example.b."
        )
        let policy = CatalogPolicy(disabledPlugins: .named("org.example.b"))
        #expect(throws: Never.self) { try Catalog(manifests: [one, two], policy: policy) }
        let other = try plugin("org.example.c", "deploy.provider/2")
        #expect(throws: Never.self) { try Catalog(manifests: [one, other], policy: CatalogPolicy()) }
    }

    @Test("A disabled plugin's names are free for another")
    func freeNames() throws {
        let manifests = try [TestManifests.usual(), TestManifests.usual("org.example.two")]
        let error = #expect(throws: MegaraptorError.self) { try Catalog(manifests: manifests, policy: CatalogPolicy()) }
        #expect(error?.message == "The tool \"read\" is offered by org.example.one and by org.example.two.")
        let catalog = try Catalog(manifests: manifests, policy: CatalogPolicy(disabledPlugins: .named("*.one")))
        #expect(catalog.tools.map(\.pluginID) == Array(repeating: "org.example.two", count: 3))
        #expect(catalog.decision(on: "read")?.plugin == "org.example.two")
    }
}

@Suite("Former names of tools")
struct AliasTests {
    @Test("A decision is found by a former name, and a rule that uses it means the tool")
    func former() throws {
        let manifests = [try TestManifests.usual()]
        let allowed = try Catalog(manifests: manifests, policy: CatalogPolicy(allow: .named("install")))
        #expect(allowed.decision(on: "install")?.tool.name == "deploy")
        #expect(allowed.decision(on: "install")?.isOn == true && allowed.decision(on: "deploy")?.isOn == true)
        let policy = CatalogPolicy(toolsets: .named("all"), deny: .named("inst*"))
        let denied = try Catalog(manifests: manifests, policy: policy)
        #expect(denied.decision(on: "deploy")?.rule == "denied by \"inst*\"")
        #expect(denied.decision(on: "nothing") == nil)
    }

    @Test(
        "One that is another tool's name, past or present, is refused, also where that tool is off",
        arguments: ["read", "install"]
    )
    func ambiguous(alias: String) throws {
        let rival = try TestManifests.manifest(
            id: "org.example.two",
            """
            toolsets: [{name: more, description: x}]
            tools: [{name: new, description: x, toolset: more, aliases: [\(alias)], input_schema: {type: object}}]
            """
        )
        let manifests = [try TestManifests.usual(), rival]
        let error = #expect(throws: MegaraptorError.self) {
            try Catalog(manifests: manifests, policy: CatalogPolicy(toolsets: .named("more")))
        }
        #expect(error?.code == .conflict && error?.message.contains("\"\(alias)\"") == true)
        #expect(
            error?.message.contains("org.example.one") == true && error?.message.contains("org.example.two") == true
        )
        let policy = CatalogPolicy(disabledPlugins: .named("org.example.two"))
        #expect(throws: Never.self) { try Catalog(manifests: manifests, policy: policy) }
    }
}

@Suite("Instructions are made from what is on and off")
struct InstructionsTests {
    private func instructions(_ policy: CatalogPolicy, _ manifest: PluginManifest? = nil) throws -> String {
        try Catalog(manifests: [manifest ?? TestManifests.usual()], policy: policy).instructions
    }

    @Test("They name the toolsets that are off, who can turn them on, and how")
    func off() throws {
        let text = try instructions(CatalogPolicy())
        #expect(text.hasPrefix("A plugin for tests.\n"))
        #expect(text.contains("Toolsets that are off: deploy (Sets up). Whoever runs this server turns one on"))
        #expect(text.contains("`megaraptor-mcp toolsets enable NAME`"))
        #expect(try !instructions(CatalogPolicy(toolsets: .named("all"))).contains("off"))
    }

    @Test("They say that the server is read-only and that single tools are off")
    func restrictions() throws {
        let text = try instructions(CatalogPolicy(readOnly: true, deny: .named("read", "q*")))
        #expect(text.contains("read-only") && text.contains("one by one: 2 tools"))
    }

    @Test("However long plugins' descriptions are, they stay under 1,500 characters and keep what the host says")
    func long() throws {
        let manifest = try TestManifests.manifest(
            description: String(repeating: "word ", count: 400),
            """
            toolsets: [{name: t, description: x}, {name: deploy, description: x, default: false}]
            tools: [{name: read, description: x, toolset: t, input_schema: {type: object}}]
            """
        )
        let text = try instructions(CatalogPolicy(), manifest)
        #expect(text.hasPrefix("word word") && text.contains("…"))
        #expect(text.contains("off: deploy") && text.count < 1500)
    }
}
