// SPDX-License-Identifier: Apache-2.0

/// Where everything of a server lies on a Linux machine.
public struct InstallLayout: Sendable, Hashable {
    public var binary: String
    public var configFolder: String
    public var datastore: String
    public var logs: String
    public var unitFolder: String
    /// Without `.service`.
    public var service: String
    public var user: String

    public init(
        binary: String,
        configFolder: String,
        datastore: String,
        logs: String,
        unitFolder: String,
        service: String,
        user: String
    ) {
        self.binary = binary
        self.configFolder = configFolder
        self.datastore = datastore
        self.logs = logs
        self.unitFolder = unitFolder
        self.service = service
        self.user = user
    }

    public var config: String { "\(configFolder)/server.config.yaml" }
    public var unitName: String { "\(service).service" }
    public var unit: String { "\(unitFolder)/\(unitName)" }
}
