// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// The servers that a host knows: the configured one, those of its deployments, and files that other plugins name.
struct Servers: ConnectionSource {
    let host: HostServices

    func resolve(_ choice: ServerChoice) async throws(MegaraptorError) -> ServerChoice {
        guard choice == .configured else { return choice }
        let settings = try await host.config()
        guard let id = settings["connection"]?.stringValue else { return choice }
        guard settings["api_config"] == nil else {
            throw MegaraptorError(
                .failedPrecondition,
                "The settings of this plugin name two servers: by api_config (--api-config) and by connection.",
                hint: "Take one of them out: connection is for a deployment, api_config for any other server."
            )
        }
        return .deployment(id)
    }

    func find(_ choice: ServerChoice) async throws(MegaraptorError) -> FoundConfiguration {
        let search = try await search(choice)
        // Looked at before the file is read: what changes meanwhile is noticed at the next call.
        let stamp = search.watchedPath.flatMap(FileStamp.init)
        let configuration = try search.find(now: Int64(time(nil)))
        host.log(.info, "The API configuration is \(configuration.origin), the server \(configuration.target).")
        for warning in configuration.warnings { host.log(.warning, warning) }
        return FoundConfiguration(configuration: configuration, stamp: stamp)
    }

    /// Looks where the choice, the settings and the environment of now say.
    func search(_ choice: ServerChoice = .configured) async throws(MegaraptorError) -> ConfigurationSearch {
        switch try await resolve(choice) {
        case .configured:
            ConfigurationSearch(
                explicitPath: try await host.config()["api_config"]?.stringValue,
                environment: Self.environment
            )
        case .deployment(let id): ConfigurationSearch(deployment: try await place(id))
        case .file(let path): ConfigurationSearch(path: path, namedBy: "api_config")
        }
    }

    /// Runs `body` for the server that a call names, or else for the configured one.
    ///
    /// - Parameter named: a deployment's id. One that is not there is told before anything else happens.
    func choosing<Result: Sendable>(
        _ named: JSONValue?,
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        var choice = ServerChoice.configured
        if let named {
            // What is no text is no id either: never does such a call go to the configured server.
            let place = try await place(named.stringValue ?? named.json())
            try place.check()
            choice = .deployment(place.id)
        }
        choice = try await resolve(choice)
        return try await ServerChoice.$current.withValue(choice) { try await body() }
    }

    private func place(_ id: String) async throws(MegaraptorError) -> DeploymentPlace {
        try DeploymentPlace(id, in: try await host.paths())
    }

    /// The variables that the search for a configuration reads, and no others.
    private static var environment: [String: String] {
        var environment: [String: String] = [:]
        for name in ConfigurationSearch.variables {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return environment
    }
}
