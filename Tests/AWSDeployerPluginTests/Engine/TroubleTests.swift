// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import AWSDeployerPlugin

@Suite("What goes wrong in AWS", .timeLimit(.minutes(5)))
struct TroubleTests {
    private static let volume = "AWS::EC2::Volume"

    @Test("a creation that fails says which resource and why; the next try deletes it and makes it anew")
    func failedCreation() async throws {
        let bench = try await Bench()
        var request = bench.request(try await bench.inDefaultNetwork())
        let plan = try await bench.plan(.create, request)
        for step in ["secret", "stack"] {
            request.state = try await bench.apply(step, of: plan, .create, request).state
        }
        let script = Script("CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE")
        bench.cloud.rewrite("DescribeStacks") { script.status($0) }
        bench.cloud.rewrite(
            "DescribeStackEvents",
            Script.events([
                (
                    "ServerGroup", "AWS::AutoScaling::AutoScalingGroup", "CREATE_FAILED", "Resource creation cancelled",
                    ""
                ),
                ("DataVolume", Self.volume, "CREATE_FAILED", "You have exceeded your volume quota", ""),
            ])
        )
        let error = try await bench.failure { try await bench.apply("wait", of: plan, .create, request) }
        #expect(error.code == .failedPrecondition)
        #expect(error.message.contains("DataVolume (AWS::EC2::Volume): You have exceeded your volume quota"))
        #expect(error.details["stack_status"] == "ROLLBACK_COMPLETE")
        #expect(try await bench.status(request).condition == .degraded)
        #expect(try await bench.recover(request).done == ["secret"])
        let next = try await bench.plan(.create, request)
        #expect(
            next["warnings"]?.arrayValue?.contains { $0.stringValue?.contains("ROLLBACK_COMPLETE") == true } == true
        )

        // Until it is deleted the stack stays a failed one; then moto's own states count again.
        bench.cloud.rewrite("DescribeStackEvents", nil)
        bench.cloud.rewrite("DescribeStacks") { [cloud = bench.cloud] answer in
            cloud.count("DeleteStack") == 0 ? Script("ROLLBACK_COMPLETE").status(answer) : answer
        }
        for step in Bench.steps(next) { request.state = try await bench.apply(step, of: next, .create, request).state }
        #expect(bench.cloud.count("DeleteStack") == 1)
        #expect(bench.cloud.count("CreateStack") == 2)
        try await bench.attachVolume(request)
        #expect(try await bench.status(request).condition == .running)
    }

    @Test(
        "an update without a change; one that would replace the evidence; one that goes back; one after that got stuck"
    )
    func updates() async throws {
        let bench = try await Bench()
        var request = bench.request(try await bench.inDefaultNetwork())
        try await bench.go(.create, &request, twice: false)
        try await bench.attachVolume(request)
        try await bench.go(.update, &request)
        #expect(bench.cloud.count("PutSecretValue") + bench.cloud.count("ExecuteChangeSet") == 0)

        try bench.writeConfig("2")
        var plan = try await bench.plan(.update, request)
        request.state = try await bench.apply("secret", of: plan, .update, request).state
        try await surprise(bench, plan, request)

        for step in Bench.steps(plan).dropLast() {
            request.state = try await bench.apply(step, of: plan, .update, request).state
        }
        try await goBack(bench, plan, request)

        try bench.writeConfig("3")
        bench.cloud.rewrite("DescribeStackEvents", nil)
        bench.cloud.rewrite("DescribeStacks") { Script("UPDATE_ROLLBACK_FAILED").status($0) }
        plan = try await bench.plan(.update, request)
        #expect(Bench.steps(plan) == ["secret", "unblock", "change-set", "execute", "wait"])
        bench.cloud.answer("ContinueUpdateRollback") { [cloud = bench.cloud] _ in
            cloud.rewrite("DescribeStacks", nil)
            return AWSAnswer(200, "<ContinueUpdateRollbackResponse/>")
        }
        for step in Bench.steps(plan) { request.state = try await bench.apply(step, of: plan, .update, request).state }
        #expect(bench.cloud.count("ContinueUpdateRollback") == 1)
        #expect(try await bench.status(request).condition == .running)
    }

    private func surprise(_ bench: Bench, _ plan: JSONValue, _ request: DeploymentRequest) async throws {
        bench.cloud.rewrite("DescribeChangeSet") { answer in
            let change = """
                <Changes><member><Type>Resource</Type><ResourceChange><Action>Modify</Action>\
                <Replacement>True</Replacement><LogicalResourceId>DataVolume</LogicalResourceId>\
                <ResourceType>AWS::EC2::Volume</ResourceType></ResourceChange></member></Changes>
                """
            return answer.replacingOccurrences(
                of: "<Changes>.*</Changes>|<Changes ?/>",
                with: change,
                options: .regularExpression
            )
        }
        let deleted = bench.cloud.count("DeleteChangeSet")
        let error = try await bench.failure { try await bench.apply("change-set", of: plan, .update, request) }
        #expect(error.code == .conflict, "\(error)")
        #expect(error.message.contains("DataVolume (AWS::EC2::Volume) would be replaced"))
        #expect(bench.cloud.count("DeleteChangeSet") == deleted + 1 && bench.cloud.count("ExecuteChangeSet") == 0)
        bench.cloud.rewrite("DescribeChangeSet", nil)
    }

    private func goBack(_ bench: Bench, _ plan: JSONValue, _ request: DeploymentRequest) async throws {
        let execution = try #require(bench.cloud.requests.first { $0.action == "ExecuteChangeSet" })
        let token = try #require(execution.form["ClientRequestToken"])
        let script = Script("UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
        bench.cloud.rewrite("DescribeStacks") { script.status($0) }
        bench.cloud.rewrite(
            "DescribeStackEvents",
            Script.events([
                ("ServerGroup", "AWS::AutoScaling::AutoScalingGroup", "UPDATE_FAILED", "Received FAILURE signal", token)
            ])
        )
        let error = try await bench.failure { try await bench.apply("wait", of: plan, .update, request) }
        #expect(error.message.contains("the stack is as it was before: ServerGroup"), "\(error)")
        #expect(error.message.contains("Received FAILURE signal"))
        let status = try await bench.status(request)
        #expect(status.condition == .running)
        #expect(status.checks.contains { $0.name == "stack.state" && $0.status == .warning })
    }

    @Test("throttling is waited out, and nothing is made twice")
    func throttling() async throws {
        let bench = try await Bench()
        var request = bench.request(try await bench.inDefaultNetwork())
        for action in ["CreateSecret", "CreateStack", "DescribeStacks", "DescribeStackEvents"] {
            bench.cloud.throttle(action, 4)
        }
        try await bench.go(.create, &request, twice: false)
        #expect(bench.cloud.count("CreateStack") == 5)
        #expect(try await bench.recover(request).done == ["secret", "stack", "wait"])
        bench.cloud.throttle("DescribeStacks", 100)
        let error = try await bench.failure { _ = try await bench.plan(.update, request) }
        #expect(error.code == .resourceExhausted && error.retryable)
        #expect(error.details["aws_code"] == "Throttling")
    }

    @Test("a stack or secret of the same name that is not ours is a conflict, and stays untouched")
    func foreign() async throws {
        let bench = try await Bench()
        let request = bench.request(try await bench.inDefaultNetwork())
        let plan = try await bench.plan(.create, request)
        try await bench.makeForeignStack()
        try await bench.makeForeignSecret()
        let before = bench.cloud.changes
        #expect(try await bench.failure { _ = try await bench.plan(.create, request) }.code == .conflict)
        for step in ["secret", "stack", "wait"] {
            let error = try await bench.failure { try await bench.apply(step, of: plan, .create, request) }
            #expect(error.code == .conflict, "\(step)")
        }
        let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
        #expect(problems.count { $0["message"]?.stringValue?.contains("does not carry this") == true } == 2)
        #expect(try await bench.recover(request).state == nil)
        try await bench.destroy(request, data: true)
        #expect(bench.cloud.changes == before)
    }

    @Test("a wait that is cancelled ends at once, and says that CloudFormation goes on")
    func cancelled() async throws {
        let bench = try await Bench()
        let request = bench.request(try await bench.inDefaultNetwork())
        let plan = try await bench.plan(.create, request)
        for step in ["secret", "stack"] { try await bench.apply(step, of: plan, .create, request) }
        bench.cloud.rewrite("DescribeStacks") { Script("CREATE_IN_PROGRESS").status($0) }
        let looks = bench.cloud.count("DescribeStackEvents")
        let waiting = Task { try await bench.apply("wait", of: plan, .create, request) }
        while bench.cloud.count("DescribeStackEvents") < looks + 2 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(try await bench.status(request).condition == .starting)
        waiting.cancel()
        let error = try await bench.failure { _ = try await waiting.value }
        #expect(error.code == .cancelled)
        #expect(error.message.contains("CloudFormation goes on with the stack"), "\(error)")
        bench.cloud.rewrite("DescribeStacks", nil)
        try await bench.apply("wait", of: plan, .create, request)
    }

    @Test("where AWS cannot be asked the status is unknown, and the rest says why")
    func unreachable() async throws {
        let bench = try await Bench()
        bench.cloud.answer("GetCallerIdentity") { _ in .fault(403, "InvalidClientTokenId", "The token is invalid") }
        bench.cloud.answer("DescribeStacks") { _ in .fault(403, "InvalidClientTokenId", "The token is invalid") }
        let request = bench.request()
        #expect(try await bench.status(request).condition == .unknown)
        let usable = try await bench.ask(Usability.self, "usable", request)
        #expect(!usable.usable)
        #expect(usable.reasons.first?.contains("InvalidClientTokenId") == true)
        let problems = try await bench.ask("validate", request)["problems"]?.arrayValue ?? []
        #expect(problems.count == 1)
        #expect(try await bench.failure { _ = try await bench.recover(request) }.code == .unauthenticated)
    }
}
