// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// A deployer that does nothing but say what it was asked, in the shapes of the contract.
struct ShelfDeployer: Deployer {
    let name = "shelf"
    let title = "Shelf"
    let description = "Puts servers on a shelf."
    let exports = ["label"]
    let options = Schema.object(.optional("board", .integer))

    static let resource = DeployedResource(kind: "board", id: "b-1", name: "board", exists: true, holdsData: true)

    func usable(options: JSONValue, context: CallContext) async throws -> Usability {
        Usability(usable: options["board"] != 13, reasons: ["Ask the landlord."], facts: ["wood": "oak"])
    }

    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] {
        [
            DeploymentProblem(.error, field: "board", "There is no board.", hint: "Buy one."),
            DeploymentProblem(.warning, "It is dusty."),
        ]
    }

    /// What is found outside, the option `board`, becomes a part of the plan.
    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan {
        let board = request.options["board"]?.integerValue ?? 1
        return DeploymentPlan(
            steps: [
                .init("lift", "Lift it", details: ["board": .integer(board)]), .init("put", "Put it down"),
            ],
            changes: [.init(.create, "board", "board \(board)", note: "by hand")],
            exposure: [.init(purpose: "GUI", address: "127.0.0.1", port: 8889, reach: "this machine")],
            cost: .init(.low, "A board."),
            warnings: ["Mind the head."],
            layout: ServerLayout(
                datastore: "/data",
                logs: "/logs",
                configuration: "/server.config.yaml",
                runAsUser: "shelf",
                frontend: request.deployment.frontend,
                gui: request.deployment.gui,
                api: request.deployment.api,
                monitoring: .init(address: "127.0.0.1", port: request.deployment.monitoringPort)
            )
        )
    }

    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        let before = request.state?["steps"]?.arrayValue ?? []
        return StepOutcome(
            state: ["steps": .array(before + [.string(step.id)]), "had_state": .bool(request.state != nil)],
            resources: [Self.resource],
            message: "\(operation.rawValue) \(step.id) \(step.details?["board"]?.json() ?? "-") of \(plan.steps.count)"
        )
    }

    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        RemovalPlan(
            steps: [.init("take", "Take it down")],
            removes: data ? [Self.resource] : [],
            keeps: data ? [] : [Self.resource],
            warnings: ["It is heavy."]
        )
    }

    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome {
        StepOutcome(state: .null, resources: plan.keeps, message: "took \(step.id)")
    }

    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        DeployedStatus(
            .degraded,
            "It leans.",
            startedAt: "2026-01-01T00:00:00Z",
            version: "0.77.2",
            checks: [.init("shelf.level", .failed, "It leans.")],
            resources: [Self.resource],
            drift: ["The board was sawn."]
        )
    }

    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        DeploymentLogs(lines: ["\(lines) lines"], isCut: true)
    }

    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        RecoveredState(
            state: request.options["board"] == nil ? nil : ["steps": []],
            resources: [Self.resource],
            done: ["lift"],
            message: "Found it."
        )
    }

    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        guard exports.contains(format) else { throw MegaraptorError(.unsupported, "No \(format).") }
        return [ExportedFile(name: "label.txt", text: request.deployment.name)]
    }
}

/// The least of a deployer: what it can leave out is left out.
struct BareDeployer: Deployer {
    let name = "bare"
    let title = "Bare"
    let description = "Exports nothing."
    let options = Schema.object()
    private let shelf = ShelfDeployer()

    func usable(options: JSONValue, context: CallContext) async throws -> Usability { Usability(usable: true) }

    func validate(_: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem] { [] }

    func plan(
        _: DeploymentOperation,
        _: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan { DeploymentPlan(steps: [], changes: []) }

    func apply(
        _: DeploymentPlan.Step,
        of _: DeploymentPlan,
        _: DeploymentOperation,
        _: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome { StepOutcome(state: .null, resources: [], message: "") }

    func removal(_: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan {
        RemovalPlan(steps: [], removes: [], keeps: [])
    }

    func remove(
        _: DeploymentPlan.Step,
        of _: RemovalPlan,
        _: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome { StepOutcome(state: .null, resources: [], message: "") }

    func status(_: DeploymentRequest, context: CallContext) async throws -> DeployedStatus {
        DeployedStatus(.missing, "Nothing is there.")
    }

    func logs(_: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs {
        DeploymentLogs(lines: [], isCut: false)
    }

    func recover(_: DeploymentRequest, context: CallContext) async throws -> RecoveredState {
        RecoveredState(state: nil, resources: [], done: [], message: "Nothing is there.")
    }
}

/// Contributes both.
struct ShelfPlugin: Plugin {
    static let identity = PluginIdentity(id: "org.example.shelf", version: "1.0.0")

    init(host: HostServices) {}

    var providers: [Provider] { [ShelfDeployer().provider, BareDeployer().provider] }
}
