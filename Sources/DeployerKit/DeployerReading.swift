// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// The ids of a deployer's steps.
public protocol DeployerStepID: RawRepresentable<String>, Sendable {}

extension DeployerStepID {
    /// - Throws: `invalidArgument` for a step that is none of this deployer's.
    public init(_ step: DeploymentPlan.Step, of deployer: String) throws(MegaraptorError) {
        guard let id = Self(rawValue: step.id) else {
            throw MegaraptorError(.invalidArgument, "The \(deployer) deployer has no step \"\(step.id)\".")
        }
        self = id
    }
}

/// What a deployer's step carries for its turn. Members without a value are left out.
public protocol DeployerStepDetails: Codable, Sendable {}

extension DeployerStepDetails {
    /// - Throws: `invalidArgument` where the step carries something else.
    public init(_ step: DeploymentPlan.Step) throws(MegaraptorError) {
        self = try step.details.reading(orThrow: "The details of the step \"\(step.id)\" cannot be read")
    }

    public func json() throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValueEncoder().encode(self)
        } catch {
            throw MegaraptorError(.internal, "The details of a step cannot be written: \(error).")
        }
    }
}

extension JSONValue {
    /// A deployer's own inputs.
    ///
    /// - Throws: `invalidArgument` where they are not what its schema says.
    public func options<Options: Decodable>(of deployer: String) throws(MegaraptorError) -> Options {
        try Optional(self).reading(orThrow: "The options of the \(deployer) deployer cannot be read")
    }
}

extension JSONValue? {
    fileprivate func reading<Value: Decodable>(orThrow words: String) throws(MegaraptorError) -> Value {
        do {
            return try JSONValueDecoder().decode(from: self ?? [:])
        } catch {
            throw MegaraptorError(.invalidArgument, "\(words): \(error).")
        }
    }
}
