// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import JSONValue

/// All that is known of one deployment, as it is kept. Holds no secret, only their names.
public struct DeploymentRecord: Codable, Sendable, Hashable {
    /// Where a deployment stands in its life. How its server is, only its deployer can say.
    public enum Phase: String, Codable, Sendable {
        /// It is being made, or the making was interrupted.
        case creating
        /// It was made and is there.
        case active
        /// It is being changed, or the change was interrupted.
        case changing
        /// The latest operation failed half way.
        case failed
        /// It is being removed, or the removal was interrupted.
        case destroying
        case destroyed
    }

    /// Who stands it up.
    public struct DeployerReference: Codable, Sendable, Hashable {
        public var name: String
        public var plugin: String
        /// The plugin's.
        public var version: String

        public init(name: String, plugin: String, version: String) {
            self.name = name
            self.plugin = plugin
            self.version = version
        }
    }

    /// What people say of it.
    public struct Notes: Codable, Sendable, Hashable {
        public var caseNumber: String?
        public var description: String?
        public var tags: [String]

        private enum CodingKeys: String, CodingKey {
            case description, tags
            case caseNumber = "case_number"
        }

        public init(caseNumber: String? = nil, description: String? = nil, tags: [String] = []) {
            self.caseNumber = caseNumber
            self.description = description
            self.tags = tags
        }
    }

    /// The version of this format.
    public static let currentFormat = 1

    public var format: Int
    /// Random, given once: two records with the same id but another lineage are of different deployments.
    public var lineage: String
    /// Grows by one with each change.
    public var serial: Int
    public var phase: Phase
    public var deployer: DeployerReference
    public var specification: DeploymentSpecification
    /// The deployer's own inputs.
    public var options: JSONValue
    /// All that was chosen, as `deploy_server` took it.
    public var inputs: JSONValue
    public var notes: Notes
    /// ISO 8601.
    public var created: String
    public var updated: String
    /// When it is to be destroyed; `nil` for never.
    public var expires: String?
    public var administrator: String
    public var apiUser: String
    /// Secrets by what they are for: `admin_password`, `ca_key`.
    public var secrets: [String: String]
    public var layout: ServerLayout?
    /// The program before the latest upgrade.
    public var formerBinary: DeploymentSpecification.Binary?
    /// The deployer's own inputs before the latest upgrade.
    public var formerOptions: JSONValue?
    /// The deployer's, which nobody else reads.
    public var providerState: JSONValue?
    public var resources: [DeployedResource]
    /// What is under way, or was interrupted or failed.
    public var operation: OperationRecord?
    /// What has ended, latest last.
    public var history: [OperationSummary]

    private enum CodingKeys: String, CodingKey {
        case format, lineage, serial, phase, deployer, specification, options, inputs, notes, created, updated, expires
        case administrator, secrets, layout, resources, operation, history
        case apiUser = "api_user"
        case formerBinary = "former_binary"
        case formerOptions = "former_options"
        case providerState = "provider_state"
    }

    public init(
        lineage: String,
        deployer: DeployerReference,
        specification: DeploymentSpecification,
        options: JSONValue,
        inputs: JSONValue,
        notes: Notes,
        created: String,
        expires: String?,
        administrator: String,
        apiUser: String
    ) {
        format = Self.currentFormat
        self.lineage = lineage
        serial = 0
        phase = .creating
        self.deployer = deployer
        self.specification = specification
        self.options = options
        self.inputs = inputs
        self.notes = notes
        self.created = created
        updated = created
        self.expires = expires
        self.administrator = administrator
        self.apiUser = apiUser
        secrets = [:]
        resources = []
        history = []
    }

    public var id: String { specification.id }

    /// What every question to its deployer says.
    public var request: DeploymentRequest {
        DeploymentRequest(deployment: specification, options: options, state: providerState)
    }
}
