// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// The steps of plans.
enum StepID: String, Sendable {
    /// Makes the resource group.
    case group
    /// Hands the template over.
    case deployment
    /// Waits until Azure has done what the template says.
    case wait
    case restart
    /// Waits until the machine runs again.
    case running

    init(_ step: DeploymentPlan.Step) throws(MegaraptorError) {
        guard let id = StepID(rawValue: step.id) else {
            throw MegaraptorError(.invalidArgument, "The azure deployer has no step \"\(step.id)\" in this plan.")
        }
        self = id
    }
}

/// What a step of a plan carries for its turn.
struct StepDetails: Codable, Sendable {
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

    init(_ step: DeploymentPlan.Step) throws(MegaraptorError) {
        do {
            self = try JSONValueDecoder().decode(from: step.details ?? [:])
        } catch {
            throw MegaraptorError(.invalidArgument, "The details of the step \"\(step.id)\" cannot be read: \(error).")
        }
    }

    /// Members without a value are left out.
    var json: JSONValue {
        var json: JSONObject = [:]
        if let before { json["before"] = .string(before) }
        if let program { json["program"] = program.json }
        if let former { json["former"] = former.json }
        return .object(json)
    }
}
