// SPDX-License-Identifier: Apache-2.0

public import JSONValue
internal import MegaraptorErrors
public import MegaraptorPluginKit

/// Stands up Velociraptor servers of one kind, one step at a time. ``provider`` makes it a provider of
/// ``deployInterface``.
///
/// It keeps nothing itself: what it must remember it returns as state, which the core writes down after each step, and
/// before the next one begins. Everything it makes carries the deployment's labels, so that it is found again when the
/// state is lost. Every step can be done twice: where its effect is there already, it goes on. Something of the same
/// name that does not carry the labels is somebody else's: `conflict`.
public protocol Deployer: Sendable {
    /// What `deployment_type` calls it: lower-case letters, digits and `-`.
    var name: String { get }
    var title: String { get }
    var description: String { get }
    /// Its own inputs.
    var options: Schema { get }
    /// The formats that ``export(_:format:context:)`` knows.
    var exports: [String] { get }

    /// Whether it can work here. Changes nothing.
    func usable(options: JSONValue, context: CallContext) async throws -> Usability

    /// What stands against this deployment: inputs, reachability, ports, space. Changes nothing.
    func validate(_ request: DeploymentRequest, context: CallContext) async throws -> [DeploymentProblem]

    /// What would be done. Changes nothing.
    func plan(
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> DeploymentPlan

    /// Does one step of a plan that a person has agreed to, and reads back what it led to.
    func apply(
        _ step: DeploymentPlan.Step,
        of plan: DeploymentPlan,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome

    /// What a removal would take away. Changes nothing.
    ///
    /// - Parameter data: whether what holds evidence goes too.
    func removal(_ request: DeploymentRequest, data: Bool, context: CallContext) async throws -> RemovalPlan

    /// Does one step of a removal. What is gone already is no fault.
    func remove(
        _ step: DeploymentPlan.Step,
        of plan: RemovalPlan,
        _ request: DeploymentRequest,
        context: CallContext
    ) async throws -> StepOutcome

    /// How it is now. An engine that cannot be asked is ``DeployedStatus/Condition/unknown``, not an error.
    func status(_ request: DeploymentRequest, context: CallContext) async throws -> DeployedStatus

    /// The latest lines of the server's log.
    func logs(_ request: DeploymentRequest, lines: Int, context: CallContext) async throws -> DeploymentLogs

    /// Looks for what there is of a deployment, by labels and marks. Changes nothing.
    func recover(_ request: DeploymentRequest, context: CallContext) async throws -> RecoveredState

    /// Files that stand up the same without this product. Holds no key and no password.
    func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile]
}

extension Deployer {
    public var exports: [String] { [] }

    public func export(
        _ request: DeploymentRequest,
        format: String,
        context: CallContext
    ) async throws -> [ExportedFile] {
        throw MegaraptorError(.unsupported, "The deployer \(name) writes no \(format).")
    }
}

/// The name and version of the contract between the deployment core and its deployers.
public let deployInterface = "deploy.provider/1"
