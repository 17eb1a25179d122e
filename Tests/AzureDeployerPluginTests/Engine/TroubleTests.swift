// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureDeployerPlugin

@Suite("Trouble in Azure", .timeLimit(.minutes(3)))
struct TroubleTests {
    @Test("a resource that fails is Azure's own reason, and the same steps go on once it works")
    func failing() async throws {
        try await Bench.with { bench, request in
            bench.fault { $0.failing = ["virtualmachines/\(bench.name)": "SkuNotAvailable"] }
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            try await bench.apply("deployment", of: plan, .create, request)
            let error = await failure { try await bench.apply("wait", of: plan, .create, request) }
            #expect(error?.code == .resourceExhausted)
            #expect(error?.details["azure_code"] == "SkuNotAvailable")
            #expect(error?.details["correlation_id"] != nil)
            #expect(error?.message.contains("Microsoft.Compute/virtualMachines") == true)
            #expect(error?.hint.contains("size") == true)
            let status = try await bench.status(request)
            #expect(status.condition == .missing)
            #expect(status.checks.contains { $0.name == "deployment" && $0.status == .failed })

            bench.fault { _ in }
            try await bench.apply("deployment", of: plan, .create, request)
            try await bench.apply("wait", of: plan, .create, request)
            #expect(try await bench.status(request).condition == .running)
        }
    }

    @Test("what Azure refuses to take is told with its code before anything is made")
    func refused() async throws {
        try await Bench.with { bench, request in
            bench.fault { $0.refusal = (403, "AuthorizationFailed", "The client has no authorization.") }
            let plan = try await bench.plan(.create, request)
            let error = await failure { try await bench.apply("group", of: plan, .create, request) }
            #expect(error?.code == .permissionDenied)
            #expect(error?.details["request_id"] != nil)
            #expect(bench.azure.groups == [])
        }
    }

    @Test("validation names what does not fit, and asks Azure itself once there is a group")
    func validation() async throws {
        try await Bench.with { bench, request in
            func errors(_ request: DeploymentRequest) async throws -> [String] { try await bench.problems(request) }
            #expect(try await errors(request) == [])
            #expect(try await errors(request.with(["region": "westeurop"])).first?.contains("westeurop") == true)
            #expect(try await errors(request.with(["instance_type": "Standard_Z99"])).count == 1)
            #expect(try await errors(request.with(["agent_ranges": ["10.0.0.1/8"]])).count == 1)
            let subnet = "\(bench.group)/providers/Microsoft.Network/virtualNetworks/no/subnets/no"
            #expect(try await errors(request.with(["subnet_id": .string(subnet)])).first?.contains("subnet_id") == true)
            var local = request
            local.deployment.hostname = "localhost"
            #expect(try await errors(local).first?.contains("server_hostname") == true)
            try await bench.run(.create, request)
            #expect(try await errors(request) == [])
            #expect(!bench.sent("POST", "/validate").isEmpty)
            // Azure never makes a disk smaller, and grows none beyond 4095 GB that a machine has.
            #expect(try await errors(request.with(["disk_gb": 20])).first?.hasPrefix("disk_gb") == true)
            #expect(try await errors(request.with(["disk_gb": 4095])) == [])
            #expect(try await errors(request.with(["disk_gb": 4096])).first?.hasPrefix("disk_gb") == true)
            let tooLarge = await failure { _ = try await bench.plan(.update, request.with(["disk_gb": 4096])) }
            #expect(tooLarge?.code == .failedPrecondition)
        }
    }

    @Test("a check of the template that Azure ends later is waited for, and so is its refusal")
    func checkedLater() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            bench.fault {
                $0.checksLater = true
                $0.failing = ["virtualmachines/\(bench.name)": "SkuNotAvailable"]
            }
            #expect(try await bench.problems(request).first?.contains("SkuNotAvailable") == true)
            let error = await failure { try await bench.apply("deployment", of: plan, .create, request) }
            #expect(error?.details["azure_code"] == "SkuNotAvailable")
            #expect(bench.sent("PUT", "/deployments/\(bench.name)").isEmpty)
            bench.fault { $0.checksLater = true }
            try await bench.apply("deployment", of: plan, .create, request)
        }
    }

    @Test("a deleted vault keeps its name, which validation says and Azure's own refusal explains")
    func deletedVault() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            try await bench.destroy(request, data: true)
            #expect(try await bench.problems(request).first?.contains("2026-01-31") == true)
            let error = await failure { try await bench.run(.create, request) }
            #expect(error?.code == .conflict)
            #expect(error?.details["azure_code"] == "ConflictError")
            #expect(error?.hint.contains("az keyvault recover") == true)
        }
    }

    @Test("a machine that fails, and one whose agent is silent, are not said to run well")
    func degraded() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            #expect(try await bench.status(request).check("server")?.status == .unknown)
            for word in ["Not Ready", nil] {
                bench.azure.setAgent(bench.machine, word)
                #expect(try await bench.status(request).condition == .degraded)
            }
            bench.azure.setAgent(bench.machine, "Ready")
            bench.azure.setProvisioning(bench.machine, "failed/AllocationFailed")
            let status = try await bench.status(request)
            #expect(status.condition == .degraded)
            let check = status.check("machine.provisioning")
            #expect(check?.status == .failed)
            #expect(check?.message.contains("failed (AllocationFailed)") == true)
            // Nothing is under way there, so it can be started anew.
            #expect(try await bench.run(.restart, request) == ["restart", "running"])
        }
    }

    @Test("a machine that changed since the plan of a restart is a conflict, unless the restart is written down")
    func changedSince() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let plan = try await bench.plan(.restart, request)
            bench.azure.touch(bench.machine)
            let error = await failure { try await bench.apply("restart", of: plan, .restart, request) }
            #expect(error?.code == .conflict)
            #expect(bench.azure.restarts(bench.machine) == 0)

            let next = try await bench.plan(.restart, request)
            var known = request
            known.state = try await bench.apply("restart", of: next, .restart, request).state
            try await bench.apply("running", of: next, .restart, known)
            let outcome = try await bench.apply("restart", of: next, .restart, known)
            #expect(outcome.message.contains("already"))
            #expect(bench.azure.restarts(bench.machine) == 1)
        }
    }

    @Test("what has gone is asked for one by one, whatever the lists say")
    func lists() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            // Something that the list leaves out is not taken for gone.
            let plan = try await bench.ask("removal", request, ["delete_data": false])
            bench.fault {
                $0.unlisted = ["/networkinterfaces/\(bench.name)"]
                $0.listsLag = true
            }
            for step in Bench.steps(plan) {
                let arguments: JSONObject = ["plan": plan, "digest": plan["digest"] ?? .null, "step": .string(step)]
                _ = try await bench.ask("destroy", request, arguments)
            }
            #expect(!bench.left.contains { $0.contains("networkInterfaces") }, "\(bench.left)")
        }
    }

    @Test("a verification does not say that what is there has gone, because a list lacks it")
    func unlisted() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let plan = try await bench.ask("removal", request, ["delete_data": true])
            bench.fault { $0.unlisted = [bench.name] }
            let arguments: JSONObject = ["plan": plan, "digest": plan["digest"] ?? .null, "step": "verify"]
            let error = await failure { _ = try await bench.ask("destroy", request, arguments) }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("virtualMachines") == true)
        }
    }

    @Test("a state whose former program cannot be read is said, and not taken for none")
    func brokenState() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            var broken = request
            broken.state = ["former_program": ["url": 1]]
            let error = await failure { _ = try await bench.plan(.rollback, broken) }
            #expect(error?.message.contains("cannot be read") == true)
            #expect(try await bench.removal(broken, data: true).steps.count > 1, "it can be removed all the same")
        }
    }

    @Test("throttling is waited out")
    func throttled() async throws {
        try await Bench.with { bench, request in
            bench.fault { $0.throttled = 3 }
            try await bench.run(.create, request)
            #expect(bench.azure.timesMade(bench.machine) == 1)
            bench.fault { $0.throttled = 1000 }
            let status = try await bench.status(request)
            #expect(status.condition == .unknown)
        }
    }

    @Test("a wait can be cancelled: Azure goes on, which the error says, and a later wait finds it")
    func cancelled() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            bench.fault { $0.isHung = true }
            try await bench.apply("deployment", of: plan, .create, request)
            #expect(try await bench.status(request).condition == .starting)
            let before = bench.azure.requests.count
            let waiting = Task { await failure { try await bench.apply("wait", of: plan, .create, request) } }
            while bench.azure.requests.count < before + 6 { await Task.yield() }
            waiting.cancel()
            let error = await waiting.value
            #expect(error?.code == .cancelled)

            // A removal ends what is under way, and then removes what was made.
            bench.fault { _ in }
            try await bench.apply("deployment", of: plan, .create, request)
            try await bench.apply("wait", of: plan, .create, request)
            #expect(bench.sent("PUT", "/deployments/\(bench.name)").count == 1)
        }
    }

    @Test("a removal cancels a deployment that does not end")
    func hung() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            bench.fault { $0.isHung = true }
            try await bench.apply("deployment", of: plan, .create, request)
            let update = await failure { _ = try await bench.plan(.update, request) }
            #expect(update?.code == .conflict)
            bench.fault { _ in }
            #expect(try await bench.destroy(request, data: true).first == "cancel")
            #expect(bench.azure.groups == [])
        }
    }

    @Test("a group of the same name that is somebody else's is a conflict, and stays as it is")
    func foreign() async throws {
        try await Bench.with { bench, request in
            bench.azure.addGroup(bench.name, tags: ["owner": "somebody"])
            bench.azure.addResource("\(bench.group)/providers/Microsoft.Network/publicIPAddresses/theirs")
            for operation in [DeploymentOperation.create, .update, .restart] {
                let error = await failure { _ = try await bench.plan(operation, request) }
                #expect(error?.code == .conflict, "\(operation)")
            }
            let steps = try await bench.destroy(request, data: true)
            #expect(steps == ["verify"])
            #expect(bench.azure.changes == 0)
            #expect(bench.azure.resourceIDs.count == 1)
            #expect(try await bench.status(request).condition == .missing)
        }
    }

    @Test("a group that becomes somebody else's between plan and step is a conflict, too")
    func foreignLater() async throws {
        try await Bench.with { bench, request in
            let plan = try await bench.plan(.create, request)
            bench.azure.addGroup(bench.name)
            let error = await failure { try await bench.apply("group", of: plan, .create, request) }
            #expect(error?.code == .conflict)
            #expect(bench.azure.changes == 0)
        }
    }

    @Test("what somebody else has put into the group stays, and with it the group")
    func strangers() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let theirs = "\(bench.group)/providers/Microsoft.Network/publicIPAddresses/theirs"
            bench.azure.addResource(theirs)
            #expect(try await bench.status(request).drift.contains { $0.contains("theirs") })
            let plan = try await bench.removal(request, data: true)
            #expect(plan.warnings.contains { $0.contains("theirs") })
            try await bench.destroy(request, data: true, twice: true)
            #expect(bench.azure.resourceIDs == [theirs])
        }
    }

    @Test("drift is seen: a changed rule, a new rule, a missing resource, a lost label, a smaller machine")
    func drift() async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            bench.azure.change(bench.firewall) { json in
                var properties = json["properties"]?.objectValue ?? [:]
                var rules = properties["securityRules"]?.arrayValue ?? []
                var rule = rules[0].objectValue ?? [:]
                var inner = rule["properties"]?.objectValue ?? [:]
                inner["sourceAddressPrefixes"] = ["203.0.113.9/32"]
                rule["properties"] = .object(inner)
                rules[0] = .object(rule)
                rules.append(["name": "backdoor", "properties": ["access": "Allow"]])
                properties["securityRules"] = .array(rules)
                json["properties"] = .object(properties)
            }
            bench.azure.change(bench.disk) { $0["tags"] = [:] }
            bench.azure.remove("\(bench.group)/providers/Microsoft.Network/virtualNetworks/\(bench.name)")
            let drift = try await bench.status(request).drift
            #expect(drift.contains { $0.contains("agents-ipv4") && $0.contains("sourceAddressPrefixes") }, "\(drift)")
            #expect(drift.contains { $0.contains("backdoor") })
            #expect(drift.contains { $0.contains("virtualNetworks") && $0.contains("missing") })
            #expect(drift.contains { $0.contains("-data") && $0.contains("lost") })
            #expect(drift.count == 4, "\(drift)")
            // An update brings all of it back.
            try await bench.run(.update, request)
            #expect(try await bench.status(request).drift == [])
        }
    }

    @Test("lists in another order and case are no drift, and neither are inputs that no update has brought yet")
    func noDrift() async throws {
        let ranges: JSONValue = ["2001:db8::/48", "2001:db9::/48"]
        try await Bench.with(["gui_ranges": ranges]) { bench, request in
            try await bench.run(.create, request)
            bench.azure.change(bench.firewall) { json in
                let text = JSONValue.object(json).json()
                    .replacing(ranges.json(), with: #"["2001:DB9::/48","2001:DB8::/48"]"#)
                json = (try? JSONValue(json: text))?.objectValue ?? [:]
            }
            #expect(bench.azure.resource(bench.firewall)?.json().contains("2001:DB9") == true)
            #expect(try await bench.status(request).drift == [])
            let other = request.with([
                "gui_ranges": ["203.0.113.0/24"], "disk_gb": 300, "instance_type": "Standard_D8s_v5",
            ])
            let status = try await bench.status(other)
            #expect(status.drift == [])
            #expect(status.check("firewall")?.status == .unknown)
            try await bench.run(.update, other)
            let after = try await bench.status(other)
            #expect(after.drift == [])
            #expect(!after.checks.contains { $0.name == "firewall" })
        }
    }

    @Test("a lost state is found again by the labels, also halfway")
    func recovery() async throws {
        try await Bench.with { bench, request in
            let nothing = try await bench.ask(RecoveredState.self, "recover", request)
            #expect(nothing.state == nil)
            #expect(nothing.done == [])
            let plan = try await bench.plan(.create, request)
            try await bench.apply("group", of: plan, .create, request)
            #expect(try await bench.ask(RecoveredState.self, "recover", request).done == ["group"])
            try await bench.apply("deployment", of: plan, .create, request)
            #expect(try await bench.ask(RecoveredState.self, "recover", request).done == ["group", "deployment"])
            try await bench.apply("wait", of: plan, .create, request)
            let changes = bench.azure.changes
            let whole = try await bench.ask(RecoveredState.self, "recover", request)
            #expect(whole.done == ["group", "deployment", "wait"])
            #expect(whole.state?["outputs"]?["machineId"]?.stringValue?.lowercased() == bench.machine.lowercased())
            #expect(bench.azure.changes == changes)
            // With another group in the inputs it says where to look.
            let elsewhere = request.with(["resource_group": "other"])
            let found = try await bench.ask(RecoveredState.self, "recover", elsewhere)
            #expect(found.message.contains(bench.name))
        }
    }
}
