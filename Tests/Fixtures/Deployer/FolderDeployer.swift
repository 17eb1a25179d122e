// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import FoundationEssentials
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// A deployer for tests: its "server" is some files in a folder, and each of its steps makes one of them.
///
/// It can be told to wait before or after the effect of a step, so that a test can end the host just there.
struct FolderDeployer: Deployer {
    let name = "folder"
    let title = "Folder"
    let description = "Stands up a pretended server: files in a folder. For tests."

    static let steps = ["network", "volume", "server", "start"]

    var options: Schema {
        .object(
            .required("folder", .string.described("Where its files lie.")),
            .optional("wait_before", .string.described("A step before whose effect it waits.")),
            .optional("wait_after", .string.described("A step after whose effect it waits.")),
            .optional("fail_at", .string.described("A step that fails as long as the file `broken` is in the folder.")),
            .optional("unusable", .boolean)
        )
    }

    private struct Choices {
        let folder: String
        let waitBefore: String?
        let waitAfter: String?
        let failAt: String?

        init(_ options: JSONValue) {
            folder = options["folder"]?.stringValue ?? ""
            waitBefore = options["wait_before"]?.stringValue
            waitAfter = options["wait_after"]?.stringValue
            failAt = options["fail_at"]?.stringValue
        }

        func path(_ name: String) -> String { "\(folder)/\(name)" }
        func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
        func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }
        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        }

        /// Tells that it waits, and waits until somebody lets it go on.
        func wait(_ moment: String) async throws {
            try write("waiting-\(moment)", "")
            while !exists("go") { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    // MARK: - Looking

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        options["unusable"] == true
            ? Usability(usable: false, reasons: ["The folder is not wanted."])
            : Usability(usable: true, facts: ["kind": "files"])
    }

    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        let choices = Choices(request.options)
        guard choices.exists(".") else {
            return [
                DeploymentProblem(
                    .error,
                    field: "folder",
                    "The folder \(choices.folder) does not exist.",
                    hint: "Make it."
                )
            ]
        }
        return choices.exists("crowded") ? [DeploymentProblem(.warning, "The folder is crowded.")] : []
    }

    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan {
        let deployment = request.deployment
        let titles = operation == .create ? Self.steps : ["stop", "start"]
        let choices = Choices(request.options)
        return DeploymentPlan(
            steps: titles.map { DeploymentPlan.Step($0, "Make the \($0)") },
            changes: titles.map { .init(.create, "file", $0, note: choices.text("note")) },
            exposure: [
                .init(
                    purpose: "agents",
                    address: deployment.frontend.address,
                    port: deployment.frontend.port,
                    reach: "everybody"
                )
            ],
            layout: ServerLayout(
                datastore: choices.path("data"),
                logs: choices.path("logs"),
                configuration: choices.path("server.config.yaml"),
                frontend: deployment.frontend,
                gui: deployment.gui,
                api: deployment.api,
                monitoring: .init(address: "127.0.0.1", port: deployment.monitoringPort)
            )
        )
    }

    // MARK: - Steps

    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        let choices = Choices(request.options)
        context.progress(1, of: 2, step.title)
        if choices.waitBefore == step.id { try await choices.wait("before-\(step.id)") }
        if choices.failAt == step.id, choices.exists("broken") {
            throw MegaraptorError(.unavailable, "The \(step.id) is broken.", hint: "Remove the file broken.")
        }
        try make(step.id, operation, request, choices)
        if choices.waitAfter == step.id { try await choices.wait("after-\(step.id)") }
        return outcome(request, "Made the \(step.id).")
    }

    private func make(
        _ step: String,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        _ choices: Choices
    ) throws {
        let mark = request.deployment.id
        if step == "stop" {
            try? FileManager.default.removeItem(atPath: choices.path("start"))
            return
        }
        if let owner = choices.text(step) {
            guard owner.hasPrefix(mark) else {
                throw MegaraptorError(.conflict, "The \(step) is somebody else's.")
            }
            return
        }
        // How often each was made shows whether a step was done twice.
        let count = (Int(choices.text("count-\(step)") ?? "") ?? 0) + 1
        try choices.write("count-\(step)", "\(count)")
        guard step == "server" else { return try choices.write(step, mark) }
        let config = try String(contentsOfFile: request.deployment.files.serverConfig, encoding: .utf8)
        try choices.write("server.config.yaml", config)
        try choices.write(step, mark)
    }

    private func outcome(_ request: DeploymentRequest, _ message: String) -> StepOutcome {
        let found = resources(request)
        return StepOutcome(
            state: ["made": .array(found.map { .string($0.name) })],
            resources: found,
            message: message
        )
    }

    private func resources(_ request: DeploymentRequest) -> [DeployedResource] {
        let choices = Choices(request.options)
        return Self.steps.filter { choices.text($0)?.hasPrefix(request.deployment.id) == true }.map {
            DeployedResource(kind: "file", id: choices.path($0), name: $0, exists: true, holdsData: $0 == "volume")
        }
    }

    // MARK: - Removal

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        let found = resources(request)
        let kept = found.filter { $0.holdsData == true && !data }
        let gone = found.filter { !kept.contains($0) }.reversed()
        return RemovalPlan(
            steps: gone.map { DeploymentPlan.Step($0.name, "Remove the \($0.name)") },
            removes: Array(gone),
            keeps: kept
        )
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        let choices = Choices(request.options)
        if choices.waitBefore == "remove-\(step.id)" { try await choices.wait("before-remove-\(step.id)") }
        if choices.exists(step.id) { try FileManager.default.removeItem(atPath: choices.path(step.id)) }
        if choices.waitAfter == "remove-\(step.id)" { try await choices.wait("after-remove-\(step.id)") }
        return outcome(request, "Removed the \(step.id).")
    }

    // MARK: - Afterwards

    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        let found = resources(request)
        guard !found.isEmpty else { return DeployedStatus(.missing, "Nothing of it is there.") }
        let runs = found.contains { $0.name == "start" }
        return DeployedStatus(
            runs ? .running : .stopped,
            runs ? "It runs." : "It is stopped.",
            resources: found,
            drift: Choices(request.options).exists("drift") ? ["Somebody put the file drift there."] : []
        )
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        let all = (1...10).map { "line \($0)" }
        return DeploymentLogs(lines: Array(all.suffix(lines)), isCut: lines < all.count)
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        let found = resources(request)
        return RecoveredState(
            state: found.isEmpty ? nil : ["made": .array(found.map { .string($0.name) })],
            resources: found,
            done: found.map(\.name),
            message: "Found \(found.count) files."
        )
    }
}
