// SPDX-License-Identifier: Apache-2.0

import DeployerKit

/// The steps of plans.
enum StepID: String, DeployerStepID {
    case secret
    case stack
    case wait
    /// Lets a stack that is stuck in going back go on with it.
    case unblock
    case changeSet = "change-set"
    case execute
    case restart
    case ready

    // Of removals.
    case deleteStack = "delete-stack"
    case waitDeleted = "wait-deleted"
    case deleteVolumes = "delete-volumes"
    case deleteSnapshots = "delete-snapshots"
    case deleteLogs = "delete-logs"
    case deleteSecret = "delete-secret"
    case verify
}

/// What a step of a plan carries for its turn.
struct StepDetails: DeployerStepDetails {
    /// What was the latest when the plan was made: the stack's event, or the machine's restart. So two plans that look the
    /// same are told apart, and one plan's step is known again.
    var base: String?
    /// Where machine and data volume come to lie.
    var zone: String?
    /// The machine that is to be restarted.
    var machine: String?
    /// The program that is to be; left out where it stays.
    var program: DeployerState.Program?
    /// The program that a rollback goes back to, once this is done.
    var former: DeployerState.Program?

    init(
        base: String? = nil,
        zone: String? = nil,
        machine: String? = nil,
        program: DeployerState.Program? = nil,
        former: DeployerState.Program? = nil
    ) {
        self.base = base
        self.zone = zone
        self.machine = machine
        self.program = program
        self.former = former
    }
}
