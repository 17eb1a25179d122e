// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

@testable import AzureDeployerPlugin

@Suite("Secrets in Azure", .timeLimit(.minutes(3)))
struct SecretTests {
    @Test("the configuration is in the secure parameter of a deployment and in the vault, and nowhere else")
    func configuration() async throws {
        try await Bench.with { bench, request in
            var said: [String] = []
            let plan = try await bench.plan(.create, request)
            said.append(plan.json())
            for step in Bench.steps(plan) {
                said.append("\(try await bench.apply(step, of: plan, .create, request))")
            }
            bench.fault { $0.failing = ["virtualmachines/\(bench.name)": "SkuNotAvailable"] }
            try bench.writeConfig("two")
            let update = try await bench.plan(.update, request)
            for step in Bench.steps(update) {
                let error = await failure { try await bench.apply(step, of: update, .update, request) }
                said.append(error?.json.json() ?? "")
            }
            bench.fault { _ in }
            for operation in ["status", "logs", "recover", "validate", "usable"] {
                said.append(try await bench.ask(operation, request).json())
            }
            said.append(try await bench.ask("removal", request, ["delete_data": true]).json())
            said += bench.plugin.host.log.map(\.message) + bench.plugin.host.progress.map(\.message)
            let all = said.joined(separator: "\n")
            for secret in [Bench.marker, AzureTestbed.secret, "test-token-", "sig=shown"] {
                #expect(!all.contains(secret), "\(secret)")
            }

            // What Azure shows to whoever may read.
            for id in bench.azure.resourceIDs {
                #expect(bench.azure.resource(id)?.json().contains(Bench.marker) == false, "\(id)")
            }
            #expect(bench.azure.secretValues(bench.secret).allSatisfy { $0.contains(Bench.marker) })
        }
    }

    @Test("each request that carries the configuration carries it as that one parameter")
    func requests() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            try await bench.run(.update, request)
            let carriers = bench.azure.requests.filter { $0.text.contains(Bench.marker) }
            #expect(!carriers.isEmpty)
            for carrier in carriers {
                #expect(carrier.path.contains("/Microsoft.Resources/deployments/"))
                var body = carrier.body.objectValue ?? [:]
                var properties = body["properties"]?.objectValue ?? [:]
                var parameters = properties["parameters"]?.objectValue ?? [:]
                #expect(parameters["serverConfiguration"]?["value"]?.stringValue?.contains(Bench.marker) == true)
                parameters["serverConfiguration"] = nil
                properties["parameters"] = .object(parameters)
                body["properties"] = .object(properties)
                #expect(!JSONValue.object(body).json().contains(Bench.marker))
                let type = properties["template"]?["parameters"]?["serverConfiguration"]?["type"]?.stringValue
                #expect(type?.lowercased() == "securestring")
            }
            // A credential goes to the token endpoint, and a token to Resource Manager.
            for sent in bench.azure.requests where sent.text.contains(AzureTestbed.secret) {
                #expect(sent.path.hasSuffix("/oauth2/v2.0/token"))
            }
        }
    }

    @Test("a configuration that others may read is not taken")
    func readable() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            try bench.openConfig()
            let error = await failure { try await bench.apply("deployment", of: plan, .create, request) }
            #expect(error != nil)
            #expect(bench.sent("PUT", "/deployments/\(bench.name)").isEmpty)
        }
    }
}
