// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What every question to a deployer is about.
public struct DeploymentRequest: Codable, Sendable, Hashable {
    public var deployment: DeploymentSpecification
    /// The deployer's own inputs: an object that fits its schema.
    public var options: JSONValue
    /// What the deployer returned last; `nil` before its first step, and where it was lost.
    public var state: JSONValue?

    public init(deployment: DeploymentSpecification, options: JSONValue = [:], state: JSONValue? = nil) {
        self.deployment = deployment
        self.options = options
        self.state = state
    }
}

/// What may be planned and applied.
public enum DeploymentOperation: String, Codable, Sendable, CaseIterable {
    /// Makes the server where there is none.
    case create
    /// Gives a running server the files as they are now, and starts it anew.
    case update
    /// Starts it anew as it is.
    case restart
    /// Gives it another program; data and files stay.
    case upgrade
    /// Goes back to the program before the latest upgrade.
    case rollback
}
