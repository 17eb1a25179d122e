// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Whether a deployer can work at all here.
public struct Usability: Codable, Sendable, Hashable {
    public var usable: Bool
    /// Why not, or what will not work, each with what to do.
    public var reasons: [String]
    /// Versions and addresses, for people.
    public var facts: [String: String]

    public init(usable: Bool, reasons: [String] = [], facts: [String: String] = [:]) {
        self.usable = usable
        self.reasons = reasons
        self.facts = facts
    }
}

/// What stands against a deployment, found without changing anything.
public struct DeploymentProblem: Codable, Sendable, Hashable {
    public enum Severity: String, Codable, Sendable {
        /// It would fail.
        case error
        /// It would work, and somebody should know.
        case warning
    }

    public var severity: Severity
    /// The option or argument it is about; `nil` for the whole.
    public var field: String?
    public var message: String
    public var hint: String?

    public init(_ severity: Severity, field: String? = nil, _ message: String, hint: String? = nil) {
        self.severity = severity
        self.field = field
        self.message = message
        self.hint = hint
    }
}

/// Something that a deployer has made.
public struct DeployedResource: Codable, Sendable, Hashable {
    public var kind: String
    /// The engine's or provider's own identifier.
    public var id: String
    public var name: String
    /// Whether it was there when somebody last looked; `nil` where nobody has.
    public var exists: Bool?
    /// Whether it holds evidence, keys or settings that a removal keeps unless told otherwise.
    public var holdsData: Bool?

    private enum CodingKeys: String, CodingKey {
        case kind, id, name, exists
        case holdsData = "holds_data"
    }

    public init(kind: String, id: String, name: String, exists: Bool? = nil, holdsData: Bool? = nil) {
        self.kind = kind
        self.id = id
        self.name = name
        self.exists = exists
        self.holdsData = holdsData
    }
}

/// What one step has led to, read back from the outside.
public struct StepOutcome: Codable, Sendable, Hashable {
    /// Replaces what the core keeps for the deployer. Never a secret.
    public var state: JSONValue
    /// All that there is now, not only what the step made.
    public var resources: [DeployedResource]
    public var message: String

    public init(state: JSONValue, resources: [DeployedResource], message: String) {
        self.state = state
        self.resources = resources
        self.message = message
    }
}

/// What taking a deployment away would do.
public struct RemovalPlan: Codable, Sendable, Hashable {
    public var steps: [DeploymentPlan.Step]
    public var removes: [DeployedResource]
    public var keeps: [DeployedResource]
    public var warnings: [String]
    /// Binds the plan to what it was made for; the kit sets it.
    public var digest: String?

    public init(
        steps: [DeploymentPlan.Step],
        removes: [DeployedResource],
        keeps: [DeployedResource],
        warnings: [String] = []
    ) {
        self.steps = steps
        self.removes = removes
        self.keeps = keeps
        self.warnings = warnings
    }
}

/// One thing that was looked at.
public struct DeploymentCheck: Codable, Sendable, Hashable {
    public enum Status: String, Codable, Sendable {
        case ok, warning, failed
        /// It could not be found out, which is not the same as well.
        case unknown
    }

    /// Lower-case words with dots: `container.health`.
    public var name: String
    public var status: Status
    public var message: String

    public init(_ name: String, _ status: Status, _ message: String) {
        self.name = name
        self.status = status
        self.message = message
    }
}

/// How a deployment is, as the outside says now.
public struct DeployedStatus: Codable, Sendable, Hashable {
    public enum Condition: String, Codable, Sendable {
        case running, starting, stopped, degraded
        /// Nothing of it is there.
        case missing
        /// The engine or machine cannot be asked.
        case unknown
    }

    public var condition: Condition
    public var summary: String
    /// ISO 8601.
    public var startedAt: String?
    public var version: String?
    public var checks: [DeploymentCheck]
    public var resources: [DeployedResource]
    /// What is not as it was planned, one sentence each.
    public var drift: [String]

    private enum CodingKeys: String, CodingKey {
        case condition, summary, version, checks, resources, drift
        case startedAt = "started_at"
    }

    public init(
        _ condition: Condition,
        _ summary: String,
        startedAt: String? = nil,
        version: String? = nil,
        checks: [DeploymentCheck] = [],
        resources: [DeployedResource] = [],
        drift: [String] = []
    ) {
        self.condition = condition
        self.summary = summary
        self.startedAt = startedAt
        self.version = version
        self.checks = checks
        self.resources = resources
        self.drift = drift
    }
}

/// The latest lines that a server and its surroundings wrote.
public struct DeploymentLogs: Codable, Sendable, Hashable {
    public var lines: [String]
    /// Whether there are earlier ones.
    public var isCut: Bool

    private enum CodingKeys: String, CodingKey {
        case lines
        case isCut = "is_cut"
    }

    public init(lines: [String], isCut: Bool) {
        self.lines = lines
        self.isCut = isCut
    }
}

/// What was found of a deployment, by its labels and marks.
public struct RecoveredState: Codable, Sendable, Hashable {
    /// `nil` where nothing of it is there.
    public var state: JSONValue?
    public var resources: [DeployedResource]
    /// The steps of `create` whose effect is there.
    public var done: [String]
    public var message: String

    public init(state: JSONValue?, resources: [DeployedResource], done: [String], message: String) {
        self.state = state
        self.resources = resources
        self.done = done
        self.message = message
    }
}

/// A file that can be used without this product.
public struct ExportedFile: Codable, Sendable, Hashable {
    /// A plain file name.
    public var name: String
    public var text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
