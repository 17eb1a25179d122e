// SPDX-License-Identifier: Apache-2.0

/// One Velociraptor server that is to be, or is: what a deployer is told of it.
///
/// It says nothing of how: that is in the deployer's own options.
public struct DeploymentSpecification: Codable, Sendable, Hashable {
    /// Where something listens on the machine that people reach: an address and a port.
    public struct Endpoint: Codable, Sendable, Hashable {
        /// An internet address without a port; `127.0.0.1` is this machine only, `0.0.0.0` everybody.
        public var address: String
        public var port: Int

        public init(address: String, port: Int) {
            self.address = address
            self.port = port
        }
    }

    /// What it may use, from its profile.
    public struct Limits: Codable, Sendable, Hashable {
        public var memoryMB: Int
        public var cpus: Double
        public var logRetentionDays: Int
        /// `nil` where there is no bound.
        public var maxClients: Int?

        private enum CodingKeys: String, CodingKey {
            case memoryMB = "memory_mb"
            case cpus
            case logRetentionDays = "log_retention_days"
            case maxClients = "max_clients"
        }

        public init(memoryMB: Int, cpus: Double, logRetentionDays: Int, maxClients: Int? = nil) {
            self.memoryMB = memoryMB
            self.cpus = cpus
            self.logRetentionDays = logRetentionDays
            self.maxClients = maxClients
        }
    }

    /// The server program, as a file on this machine.
    public struct Binary: Codable, Sendable, Hashable {
        /// Absolute.
        public var path: String
        /// In lower-case hexadecimal digits.
        public var sha256: String
        public var version: String
        /// For which processor it was made, as its own header says: `amd64`, `arm64` or `386`; `nil` where nobody looked.
        public var architecture: String?

        public init(path: String, sha256: String, version: String, architecture: String? = nil) {
            self.path = path
            self.sha256 = sha256
            self.version = version
            self.architecture = architecture
        }
    }

    /// Finished files on this machine, mode 0600. Absolute paths. The core has written them before the first step.
    public struct Files: Codable, Sendable, Hashable {
        /// The deployment's own folder.
        public var folder: String
        /// Holds private keys: hand it to the server and to nobody else.
        public var serverConfig: String
        public var caCertificate: String

        private enum CodingKeys: String, CodingKey {
            case folder
            case serverConfig = "server_config"
            case caCertificate = "ca_certificate"
        }

        public init(folder: String, serverConfig: String, caCertificate: String) {
            self.folder = folder
            self.serverConfig = serverConfig
            self.caCertificate = caCertificate
        }
    }

    /// `vr-` and twelve hexadecimal digits.
    public var id: String
    /// What people call it.
    public var name: String
    /// The profile's name.
    public var profile: String
    public var limits: Limits
    /// What agents and people reach it by.
    public var hostname: String
    public var frontend: Endpoint
    public var gui: Endpoint
    public var api: Endpoint
    /// Metrics; only ever on the server's own loopback.
    public var monitoringPort: Int
    /// `nil` where the deployer brings the program itself, as an image does.
    public var binary: Binary?
    public var files: Files
    /// To be put on everything that is made, so that it is found without the state file. Values are plain ASCII.
    public var labels: [String: String]

    private enum CodingKeys: String, CodingKey {
        case id, name, profile, limits, hostname, frontend, gui, api, binary, files, labels
        case monitoringPort = "monitoring_port"
    }

    public init(
        id: String,
        name: String,
        profile: String,
        limits: Limits,
        hostname: String,
        frontend: Endpoint,
        gui: Endpoint,
        api: Endpoint,
        monitoringPort: Int = 8003,
        binary: Binary? = nil,
        files: Files,
        labels: [String: String]
    ) {
        self.id = id
        self.name = name
        self.profile = profile
        self.limits = limits
        self.hostname = hostname
        self.frontend = frontend
        self.gui = gui
        self.api = api
        self.monitoringPort = monitoringPort
        self.binary = binary
        self.files = files
        self.labels = labels
    }
}
