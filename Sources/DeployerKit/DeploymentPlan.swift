// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What will be done, before anything is.
public struct DeploymentPlan: Codable, Sendable, Hashable {
    /// One change of the outside world, or one wait that changes nothing.
    public struct Step: Codable, Sendable, Hashable {
        /// Unique in its plan: lower-case letters, digits and `-`.
        public var id: String
        /// For people: `Create the container velociraptor-vr-…`.
        public var title: String
        /// What the deployer itself wants to know when the step's turn comes.
        public var details: JSONValue?

        public init(_ id: String, _ title: String, details: JSONValue? = nil) {
            self.id = id
            self.title = title
            self.details = details
        }
    }

    /// What becomes of one thing.
    public struct Change: Codable, Sendable, Hashable {
        public enum Action: String, Codable, Sendable {
            case create, change, replace, keep, delete
        }

        /// `container`, `volume`, `file`, `AWS::EC2::Instance`: the deployer's own word.
        public var kind: String
        public var name: String
        public var action: Action
        public var note: String?

        public init(_ action: Action, _ kind: String, _ name: String, note: String? = nil) {
            self.kind = kind
            self.name = name
            self.action = action
            self.note = note
        }
    }

    /// A port that somebody can reach.
    public struct Exposure: Codable, Sendable, Hashable {
        /// `agents`, `GUI`, `API`.
        public var purpose: String
        public var address: String
        public var port: Int
        /// Who reaches it, in words.
        public var reach: String

        public init(purpose: String, address: String, port: Int, reach: String) {
            self.purpose = purpose
            self.address = address
            self.port = port
            self.reach = reach
        }
    }

    /// What it costs.
    public struct Cost: Codable, Sendable, Hashable {
        public enum Class: String, Codable, Sendable {
            /// Nothing beyond machines that are there already.
            case none
            case low, medium, high
        }

        public var `class`: Class
        /// In words, with figures where there are any.
        public var text: String

        public init(_ class: Class, _ text: String) {
            self.class = `class`
            self.text = text
        }
    }

    public var steps: [Step]
    public var changes: [Change]
    public var exposure: [Exposure]
    public var cost: Cost
    public var warnings: [String]
    /// How the server's configuration has to be written for where it will run.
    public var layout: ServerLayout?
    /// Binds the plan to what it was made for; the kit sets it.
    public var digest: String?

    public init(
        steps: [Step],
        changes: [Change],
        exposure: [Exposure] = [],
        cost: Cost = Cost(.none, "Nothing beyond the machine that it runs on."),
        warnings: [String] = [],
        layout: ServerLayout? = nil
    ) {
        self.steps = steps
        self.changes = changes
        self.exposure = exposure
        self.cost = cost
        self.warnings = warnings
        self.layout = layout
    }
}

/// Where things lie and what is bound inside the machine or container that runs the server.
public struct ServerLayout: Codable, Sendable, Hashable {
    /// Absolute paths there.
    public var datastore: String
    public var logs: String
    /// Where the configuration will lie.
    public var configuration: String
    /// The user that the program demands to be; `nil` where it does not look, as in a container.
    public var runAsUser: String?
    /// Addresses and ports as the program itself binds them.
    public var frontend: DeploymentSpecification.Endpoint
    public var gui: DeploymentSpecification.Endpoint
    public var api: DeploymentSpecification.Endpoint
    public var monitoring: DeploymentSpecification.Endpoint
    /// The address by which the GUI inside reaches the API. Without it every call of the GUI fails once the API is bound
    /// to anything but loopback.
    public var apiHostname: String

    private enum CodingKeys: String, CodingKey {
        case datastore, logs, configuration, frontend, gui, api, monitoring
        case runAsUser = "run_as_user"
        case apiHostname = "api_hostname"
    }

    public init(
        datastore: String,
        logs: String,
        configuration: String,
        runAsUser: String? = nil,
        frontend: DeploymentSpecification.Endpoint,
        gui: DeploymentSpecification.Endpoint,
        api: DeploymentSpecification.Endpoint,
        monitoring: DeploymentSpecification.Endpoint,
        apiHostname: String = "127.0.0.1"
    ) {
        self.datastore = datastore
        self.logs = logs
        self.configuration = configuration
        self.runAsUser = runAsUser
        self.frontend = frontend
        self.gui = gui
        self.api = api
        self.monitoring = monitoring
        self.apiHostname = apiHostname
    }
}
