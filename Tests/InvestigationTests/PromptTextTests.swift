// SPDX-License-Identifier: Apache-2.0

import Foundation
import PluginManifest
import Testing

@Suite("The guided prompts speak only of what there is")
struct PromptTextTests {
    /// What the prompts may tell the assistant to call, and the arguments that they name.
    private static let known: Set<String> = [
        "list_clients", "get_client_info", "label_client", "quarantine_client", "list_artifacts", "get_artifact",
        "find_artifact", "collect_artifact", "triage_client", "wait_for_flow", "get_flow_status", "get_flow_results",
        "get_flow_logs", "list_flow_uploads", "list_flows", "cancel_flow", "create_hunt", "estimate_hunt",
        "modify_hunt", "list_hunts", "get_hunt_results", "list_hunt_flows", "run_vql", "validate_vql", "vql_help",
        "list_orgs", "org_id",
    ]

    /// Tools of another plugin: a prompt that names one says what to do where it is not offered.
    private static let deployment: Set<String> = [
        "deploy_server", "deploy_server_docker", "plan_deployment", "get_deployment_status", "validate_deployment",
        "generate_agent_installer", "deploy_agents_ssh", "deploy_agents_winrm", "create_offline_collector",
        "generate_client_config",
    ]

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

    @Test("Every tool named exists", arguments: GuidedPrompt.names)
    func tools(name: String) throws {
        let prompt = try GuidedPrompt(name)
        #expect(prompt.calls.contains { Self.known.contains($0) })
        for call in prompt.calls { #expect(Self.known.union(Self.deployment).contains(call), "\(call)") }
    }

    @Test("A prompt that names deployment tools says what a person does without them", arguments: GuidedPrompt.names)
    func withoutDeploymentTools(name: String) throws {
        let prompt = try GuidedPrompt(name)
        guard prompt.calls.contains(where: Self.deployment.contains) else { return }
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
