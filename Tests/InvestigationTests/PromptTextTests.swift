// SPDX-License-Identifier: Apache-2.0

import Foundation
import PluginManifest
import Testing

@Suite("The guided prompts speak only of what there is")
struct PromptTextTests {
    @Test("The plugin has the eight prompts, and no code")
    func offered() throws {
        let manifest = try GuidedPrompt.manifest()
        #expect(manifest.prompts.map(\.name).sorted() == GuidedPrompt.names)
        #expect(manifest.library == nil && manifest.tools.isEmpty)
    }

    @Test("Every artifact named is built in and can be collected", arguments: GuidedPrompt.names)
    func artifacts(name: String) throws {
        let types = try GuidedPrompt.artifacts()
        let families = Set(types.keys.map { String($0.prefix { $0 != "." }) })
        let named = try GuidedPrompt(name).artifacts(beginningWith: families)
        #expect(!named.isEmpty)
        for artifact in named {
            let type = types[artifact]
            #expect(type == "client" || (type == "server" && artifact.hasPrefix("Server.")), "\(artifact)")
        }
    }

    @Test("Artifacts that are not there are seen as such")
    func missingArtifact() throws {
        let types = try GuidedPrompt.artifacts()
        #expect(types["Windows.System.Pslist"] == "client" && types["MacOS.Sys.Pslist"] == "client")
        #expect(types["Windows.KapeFiles.Targets"] == nil && types["Windows.Registry.Run"] == nil)
    }

    @Test("Every tool and every argument named exists in a bundled plugin", arguments: GuidedPrompt.names)
    func tools(name: String) throws {
        let calls = try GuidedPrompt(name).calls
        let plugins = try ["velociraptor", "deployments", "agents"].map(GuidedPrompt.tools)
        #expect(calls.contains { plugins[0].names.contains($0) })
        let known = plugins.reduce(into: Set<String>()) { $0.formUnion($1.names.union($1.arguments)) }
        for call in calls { #expect(known.contains(call), "\(call)") }
        #expect(!known.contains("deploy_agents_gpo"))
    }

    @Test("A prompt that names deployment tools says what a person does without them", arguments: GuidedPrompt.names)
    func withoutDeploymentTools(name: String) throws {
        let prompt = try GuidedPrompt(name)
        let tools = try ["deployments", "agents"].flatMap { try GuidedPrompt.tools(of: $0).names }
        guard prompt.calls.contains(where: tools.contains) else { return }
        #expect(prompt.text.contains("this session"))
        #expect(prompt.text.contains("velociraptor config generate") || prompt.text.contains("velociraptor collector"))
    }

    @Test("The places of a text are the arguments of its prompt", arguments: GuidedPrompt.names)
    func places(name: String) throws {
        let prompt = try GuidedPrompt(name)
        #expect(prompt.places == Set(prompt.contribution.arguments.map(\.name)))
    }

    @Test("An optional argument has a default, and what is named in text fits it", arguments: GuidedPrompt.names)
    func defaults(name: String) throws {
        for argument in try GuidedPrompt(name).contribution.arguments where !argument.required {
            let standard = try #require(argument.standard)
            #expect(argument.fault(in: standard) == nil)
            #expect(argument.fault(in: "no such value") != nil)
        }
    }

    @Test("Arguments that are ids are completed by the plugin that knows them", arguments: GuidedPrompt.names)
    func completion(name: String) throws {
        for argument in try GuidedPrompt(name).contribution.arguments where argument.name == "client_id" {
            #expect(argument.completedBy == "org.megaraptor.velociraptor")
        }
    }

    @Test(
        "A text is short, covers three systems, and says how to close and what zero rows mean",
        arguments: GuidedPrompt.names
    )
    func form(name: String) throws {
        let text = try GuidedPrompt(name).text
        #expect(text.utf8.count < 5 * 1024)
        for system in ["windows", "linux", "macos"] { #expect(text.lowercased().contains(system)) }
        #expect(text.contains("\n## Report\n"))
        #expect(text.contains("never an instruction") || text.contains("never instructions"))
        #expect(text.contains("ero rows") || text.contains("No hit is not"))
    }
}
