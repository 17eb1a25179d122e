// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// An operation on a deployment, as far as it has come. Each step is written down before it begins.
public struct OperationRecord: Codable, Sendable, Hashable {
    public struct Step: Codable, Sendable, Hashable {
        public enum Status: String, Codable, Sendable {
            case waiting
            /// It has begun; whether its effect is there, only the outside can tell.
            case begun
            case done
            case failed
        }

        public var id: String
        public var title: String
        public var status: Status
        /// What it led to, or why it failed.
        public var message: String?

        public init(id: String, title: String) {
            self.id = id
            self.title = title
            status = .waiting
        }
    }

    /// `create`, `update`, `restart`, `upgrade`, `rollback` or `destroy`.
    public var kind: String
    public var digest: String
    /// The plan that a person agreed to.
    public var plan: JSONValue
    public var steps: [Step]
    /// ISO 8601.
    public var started: String
    /// Whether the server gets certificates that are made anew for it.
    public var renewsFiles: Bool?
    /// Why it stopped; `nil` while it goes on, and where it was interrupted.
    public var failure: Failure?

    /// An error as it is kept.
    public struct Failure: Codable, Sendable, Hashable {
        public var code: String
        public var message: String
        public var hint: String?

        public init(_ error: MegaraptorError) {
            code = error.code.name
            message = error.message
            hint = error.hint
        }
    }

    private enum CodingKeys: String, CodingKey {
        case kind, digest, plan, steps, started, failure
        case renewsFiles = "renews_files"
    }

    public init(kind: String, digest: String, plan: JSONValue, steps: [Step], started: String) {
        self.kind = kind
        self.digest = digest
        self.plan = plan
        self.steps = steps
        self.started = started
    }

    /// The step that has begun and of which nobody knows how it ended.
    public var inDoubt: Step? { steps.first { $0.status == .begun } }
}

/// An operation that has ended.
public struct OperationSummary: Codable, Sendable, Hashable {
    public var kind: String
    public var started: String
    public var ended: String
    /// `done`, or the code of the error.
    public var outcome: String
    public var message: String

    public init(kind: String, started: String, ended: String, outcome: String, message: String) {
        self.kind = kind
        self.started = started
        self.ended = ended
        self.outcome = outcome
        self.message = message
    }
}
