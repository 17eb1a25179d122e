// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureClient

@Suite("Azure Resource Manager", .timeLimit(.minutes(2)))
struct ResourceManagerTests {
    private static let subscription = "/subscriptions/\(AzureTestbed.subscription)"
    private static let group = subscription + "/resourcegroups/one"
    private static let version = "2021-04-01"

    private static let template: JSONValue = [
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": ["name": ["type": "string"]],
        "resources": [
            [
                "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
                "name": "[parameters('name')]", "location": "[resourceGroup().location]",
                "properties": ["subnets": [["name": "server", "properties": ["addressPrefix": "10.0.0.0/24"]]]],
            ]
        ],
        "outputs": [
            "network": [
                "type": "string",
                "value": "[resourceId('Microsoft.Network/virtualNetworks', parameters('name'))]",
            ]
        ],
    ]

    private static func deployment(_ name: String) -> JSONValue {
        [
            "properties": [
                "mode": "Incremental", "template": template, "parameters": ["name": ["value": .string(name)]],
            ]
        ]
    }

    private static func makeGroup(_ client: ARMClient) async throws {
        _ = try await client.begin("PUT", group, version, body: ["location": "westeurope"])
    }

    @Test("each request carries an id of its own, and lists come whole")
    func listing() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            let list = try await client.list(Self.subscription + "/locations", "2022-12-01")
            #expect(list.contains { $0["name"] == "eastus" })
            #expect(list.count == 5)
            let ids = bench.azure.requests.compactMap { $0.headers["x-ms-client-request-id"] }
            #expect(Set(ids).count == 2)
        }
    }

    @Test("a next page or an operation elsewhere is refused, because it would get the token")
    func elsewhere() throws {
        let cloud = try AzureCloud(named: nil)
        let client = ARMClient(cloud, tokens: TokenCache(CredentialChain([])))
        for url in [
            "https://evil.example.org/x", "http://management.azure.com/x", "https://management.azure.com.evil.org/",
            "https://xmanagement.azure.com/", "/relative", "https://management.azure.com@evil.org/",
        ] {
            #expect(throws: MegaraptorError.self, "\(url)") { try client.requireOwn(url, allowsRegions: true) }
        }
        #expect(throws: Never.self) { try client.requireOwn("https://MANAGEMENT.azure.com/x", allowsRegions: false) }
        let region = "https://westeurope.management.azure.com/x"
        #expect(throws: Never.self) { try client.requireOwn(region, allowsRegions: true) }
        #expect(throws: MegaraptorError.self) { try client.requireOwn(region, allowsRegions: false) }
    }

    @Test("a deployment is followed to its end by its own operation")
    func deployment() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            try await Self.makeGroup(client)
            let path = Self.group + "/providers/Microsoft.Resources/deployments/d"
            let operation = try await client.begin("PUT", path, Self.version, body: Self.deployment("net"))
            #expect(operation.url?.contains("/operationStatuses/") == true)
            try await client.wait(for: operation, limit: .seconds(60))
            let found = try await client.get(path, Self.version)
            #expect(found["properties"]?["provisioningState"] == "Succeeded")
            let id = found["properties"]?["outputs"]?["network"]?["value"]?.stringValue ?? ""
            #expect(try await client.find(id, "2024-05-01") != nil)
            #expect(bench.naps.all.allSatisfy { $0 == .zero }, "as Retry-After says")
        }
    }

    @Test("a group goes by its Location, a resource by its operation; what is not there is nothing")
    func deletion() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            try await Self.makeGroup(client)
            let path = Self.group + "/providers/Microsoft.Resources/deployments/d"
            try await client.wait(
                for: try await client.begin("PUT", path, Self.version, body: Self.deployment("net")),
                limit: .seconds(60)
            )
            let network = Self.group + "/providers/Microsoft.Network/virtualNetworks/net"
            try await client.wait(for: try await client.begin("DELETE", network, "2024-05-01"), limit: .seconds(60))
            #expect(try await client.find(network, "2024-05-01") == nil)
            try await client.wait(for: try await client.begin("DELETE", network, "2024-05-01"), limit: .seconds(60))
            try await client.wait(for: try await client.begin("DELETE", Self.group, Self.version), limit: .seconds(60))
            #expect(bench.azure.groups == [])
            let error = await failure { _ = try await client.get(Self.group, Self.version) }
            #expect(error?.details["azure_code"] == "ResourceGroupNotFound")
        }
    }

    @Test("a failed operation is Azure's innermost reason")
    func failing() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            try await Self.makeGroup(client)
            var faults = Faults()
            faults.failing = ["virtualnetworks/net": "QuotaExceeded"]
            bench.azure.set(faults)
            let path = Self.group + "/providers/Microsoft.Resources/deployments/d"
            let operation = try await client.begin("PUT", path, Self.version, body: Self.deployment("net"))
            let error = await failure { try await client.wait(for: operation, limit: .seconds(60)) }
            #expect(error?.code == .resourceExhausted)
            #expect(error?.details["azure_code"] == "QuotaExceeded")
            #expect(error?.details["request_id"] != nil)
        }
    }

    @Test("throttling is waited out as long as Azure asks, and then told")
    func throttling() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            var faults = Faults()
            faults.throttled = 2
            faults.retryAfter = "7"
            bench.azure.set(faults)
            try await Self.makeGroup(client)
            #expect(bench.naps.all == [.seconds(7), .seconds(7)])
            #expect(bench.azure.groups == ["one"])
            faults.throttled = 100
            faults.retryAfter = "1"
            bench.azure.set(faults)
            let error = await failure { _ = try await client.get(Self.group, Self.version) }
            #expect(error?.code == .resourceExhausted)
            #expect(error?.retryable == true)
            faults.retryAfter = "4000"
            bench.azure.set(faults)
            let before = bench.naps.all.count
            let late = await failure { _ = try await client.get(Self.group, Self.version) }
            #expect(late?.code == .resourceExhausted)
            #expect(bench.naps.all.count == before, "nobody waits an hour")
        }
    }

    @Test("a question is asked again after a break; a change that may have arrived is not")
    func broken() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            var faults = Faults()
            faults.cut = Faults.Cut(change: 1, isAfter: true)
            bench.azure.set(faults)
            let error = await failure { try await Self.makeGroup(client) }
            #expect(error?.code == .unavailable)
            #expect(error?.retryable == false)
            #expect(error?.details["sent"] == true)
            #expect(bench.azure.groups == ["one"])
            #expect(bench.azure.requests.filter { $0.method == "PUT" }.count == 1)
        }
    }

    @Test("a token that was revoked is replaced once")
    func revoked() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            try await Self.makeGroup(client)
            bench.azure.revokeTokens()
            _ = try await client.get(Self.group, Self.version)
        }
    }

    @Test("a wait that is cancelled says that Azure goes on")
    func cancelled() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            try await Self.makeGroup(client)
            var faults = Faults()
            faults.isHung = true
            bench.azure.set(faults)
            let path = Self.group + "/providers/Microsoft.Resources/deployments/d"
            let operation = try await client.begin("PUT", path, Self.version, body: Self.deployment("net"))
            let waiting = Task { await failure { try await client.wait(for: operation, limit: .seconds(3600)) } }
            while bench.naps.all.count < 3 { await Task.yield() }
            waiting.cancel()
            #expect(await waiting.value?.code == .cancelled)
        }
    }

    @Test(
        "Azure's codes mean something here",
        arguments: [
            ("AuthorizationFailed", MegaraptorError.Code.permissionDenied, "Role Based Access Control Administrator"),
            ("LinkedAuthorizationFailed", .permissionDenied, "certificate's vault"),
            ("ResourceGroupNotFound", .notFound, ""),
            ("InvalidTemplate", .invalidArgument, "nothing was deployed"),
            ("QuotaExceeded", .resourceExhausted, "quota"),
            ("MissingSubscriptionRegistration", .failedPrecondition, "az provider register"),
            ("SubscriptionNotRegistered", .failedPrecondition, "az provider register"),
            ("SkuNotAvailable", .resourceExhausted, "size"),
            ("SomethingNotFound", .notFound, ""),
        ]
    )
    func codes(code: String, meaning: MegaraptorError.Code, hint: String) {
        let inner: JSONValue = ["code": .string(code), "message": "Words.", "target": "there"]
        let outer: JSONValue = ["code": "DeploymentFailed", "message": "See details.", "details": [inner]]
        // As many providers do it: the reason is JSON in a text.
        let packed: JSONValue = [
            "code": "BadRequest", "message": .string("{\r\n  \"error\": \(inner.json())\r\n}"),
        ]
        for wrapped in [packed, ["code": "DeploymentFailed", "details": [packed]]] {
            let error = ARMFault(wrapped, place: "the deployment").error
            #expect(error.details["azure_code"]?.stringValue == code)
            #expect(error.message.contains("Words.") && !error.message.contains("{"))
        }
        let error = ARMFault(outer, place: "the deployment").error
        #expect(error.code == meaning)
        #expect(hint.isEmpty || error.hint.contains(hint), "\(error.hint)")
        #expect(error.details["azure_code"]?.stringValue == code)
        #expect(error.details["target"] == "there")
        #expect(error.message.contains("Words."))
    }

    @Test("what the message says counts where a code stands for many things")
    func messages() {
        func error(_ code: String, _ message: String) -> MegaraptorError {
            ARMFault(["code": .string(code), "message": .string(message)], place: "it").error
        }
        let quota = error("OperationNotAllowed", "exceeding approved Total Regional Cores quota")
        #expect(quota.code == .resourceExhausted && quota.hint.contains("quota"))
        let other = error("OperationNotAllowed", "The machine is not running.")
        #expect(other.code != .resourceExhausted && other.hint.isEmpty)
        let vault = error("ConflictError", "A vault with the same name already exists in deleted state.")
        #expect(vault.code == .conflict && vault.hint.contains("recover"))
        #expect(error("ConflictError", "Something else.").hint.isEmpty)
    }

    @Test("an answer that is no JSON is no success, and an error keeps its text unless that could hold a token")
    func noJSON() async throws {
        try await Bench.with { bench in
            let client = try bench.client()
            func answered(_ status: Int, _ text: String) async -> MegaraptorError? {
                var faults = Faults()
                faults.proxy = (status, text)
                bench.azure.set(faults)
                return await failure { _ = try await client.get(Self.group, Self.version) }
            }
            #expect(await answered(200, "<html>Sign in")?.message.contains("Sign in") == true)
            #expect(await answered(200, "") == nil)
            let refused = await answered(502, "<h1>Bad\n gateway</h1>")
            #expect(refused?.message.contains("<h1>Bad gateway</h1>") == true)
            #expect(refused?.code == .unavailable)
            #expect(await answered(403, "Authorization: Bearer abc")?.message.contains("abc") == false)
        }
    }
}
