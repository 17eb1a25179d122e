// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import HTTPServer
import JSONValue
import MegaraptorErrors

/// A lab that stands for the server program: set up by a `server.config.yaml`, with the ports, files, users and
/// refusals of the real one.
public final class DeployedServer: Sendable {
    /// What the configuration does not say.
    public struct Options: Sendable {
        /// Whether the log goes to the standard error stream as well.
        public var isVerbose: Bool
        /// Whether the server has the invented clients of a lab. A fresh server has none.
        public var hasFleet: Bool

        public init(isVerbose: Bool = false, hasFleet: Bool = false) {
            self.isVerbose = isVerbose
            self.hasFleet = hasFleet
        }
    }

    /// The ports that were bound; a service whose port was taken is missing.
    public let ports: [Service: Int]
    private let api: GRPCServer
    private let sites: [HTTPServer]

    /// What listens on a port of its own.
    public enum Service: String, Sendable, CaseIterable {
        case api = "API"
        case frontend = "Frontend"
        case gui = "GUI"
        case monitoring = "Monitoring"
    }

    /// Starts the server.
    ///
    /// As with the real one only the API must have its port: the others are missing when theirs is taken, and the log
    /// says so.
    ///
    /// - Throws: what the program says and its exit code.
    public init(_ configuration: ServerConfiguration, _ options: Options = Options()) throws(ServerFailure) {
        let log = try ServerLog(configuration, isVerbose: options.isVerbose)
        try configuration.checkServer()
        try configuration.checkStarting()
        if configuration.text("Frontend", "hostname").isEmpty {
            log.write(.info, .frontend, "Frontend.hostname is not set, guessed \(configuration.hostname)")
        }
        let now = Instant.now()
        let identity = try ServerIdentity(configuration, now: now.seconds)
        if identity.isRenewed {
            log.write(.error, .frontend, "Frontend certificate is not valid: rotated keys for this run")
        }
        let accounts = try Self.openDatastore(configuration, identity, now)
        let parts = ServerParts(configuration, identity, accounts, log, options)
        let (api, port) = try parts.startAPI()
        self.api = api
        let started = try parts.startSites(apiPort: port)
        sites = Array(started.values)
        ports = started.mapValues(\.port).merging([.api: port]) { first, _ in first }
    }

    /// Stops all services.
    public func stop() async {
        for site in sites { await site.stop() }
        await api.stop(.abrupt)
    }

    /// Makes what a datastore needs, the first users among it, and reads the users.
    private static func openDatastore(
        _ configuration: ServerConfiguration,
        _ identity: ServerIdentity,
        _ now: Instant
    ) throws(ServerFailure) -> AccountBook {
        let store = try UserStore(location: configuration.datastoreLocation, ServerFailure.starting)
        let files = configuration.filestoreDirectory
        try SystemFile.makeDirectory((files == "/" ? "" : files) + "/server_artifacts", ServerFailure.starting)
        if !store.isInstalled {
            for user in configuration.initialUsers { try store.keep(user.name, user) }
            try store.markInstalled(at: now.seconds)
        }
        return AccountBook(
            try store.users(),
            serverName: configuration.serverName,
            gatewayName: identity.gatewayName,
            keep: { name, account throws(ServerFailure) in try store.keep(name, account) }
        )
    }
}

extension ServerConfiguration {
    /// The users of the very first start, all of them administrators. One without a hash cannot log in.
    fileprivate var initialUsers: [Account] {
        let records = section("GUI")?["initial_users"]?.arrayValue?.compactMap(\.objectValue) ?? []
        return records.compactMap { record in
            guard let name = record["name"]?.stringValue, !name.isEmpty else { return nil }
            var account = Account(name: name, roles: [.administrator])
            account.password = PasswordHash(
                hash: record["password_hash"]?.stringValue ?? "",
                salt: record["password_salt"]?.stringValue ?? ""
            )
            return account
        }
    }
}
