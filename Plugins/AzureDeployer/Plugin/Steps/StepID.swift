// SPDX-License-Identifier: Apache-2.0

import DeployerKit

/// The steps of plans.
enum StepID: String, DeployerStepID {
    /// Makes the resource group.
    case group
    /// Hands the template over.
    case deployment
    /// Waits until Azure has done what the template says.
    case wait
    case restart
    /// Waits until the machine runs again.
    case running
}

/// What a step of a plan carries for its turn.
struct StepDetails: DeployerStepDetails {
    /// The deployment's correlation id, or the time of the machine's last change, when the plan was made.
    var before: String?
    /// The program that is to run.
    var program: Program?
    /// The program that it takes the place of.
    var former: Program?

    init(before: String? = nil, program: Program? = nil, former: Program? = nil) {
        self.before = before
        self.program = program
        self.former = former
    }
}
