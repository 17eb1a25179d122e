// SPDX-License-Identifier: Apache-2.0

internal import GRPCTransport
public import MegaraptorErrors

/// The way to Velociraptor servers: each one's configuration, found when it is first needed, and one channel.
///
/// Which server a call goes to says ``ServerChoice/current``.
public actor VelociraptorClient {
    /// Finds and checks the configuration. Asked again after it failed, so that a corrected file needs no restart.
    public typealias Loader = @Sendable () async throws(MegaraptorError) -> APIClientConfiguration

    /// A channel and what is known about it, for explaining its failures.
    struct Connection: Sendable {
        var channel: GRPCChannel
        var configuration: APIClientConfiguration
        /// The file that has to stay as it is; `nil` for none.
        var stamp: FileStamp?
    }

    private nonisolated let source: any ConnectionSource
    nonisolated let retry: RetryPolicy
    private(set) var connections = ConnectionPool()

    init(retry: RetryPolicy = RetryPolicy(), source: any ConnectionSource) {
        self.source = source
        self.retry = retry
    }

    /// For one server alone.
    public init(retry: RetryPolicy = RetryPolicy(), load: @escaping Loader) {
        self.init(retry: retry, source: SingleConnection(load: load))
    }

    func connect() async throws(MegaraptorError) -> Connection {
        let choice = try await source.resolve(ServerChoice.current)
        if let connection = connections.connection(choice) { return connection }
        let found = try await source.find(choice)
        // While the file was read another call may have been quicker.
        if let connection = connections.connection(choice) { return connection }
        let settings = try found.configuration.channel()
        do throws(GRPCStatus) {
            let made = Connection(
                channel: try GRPCChannel(settings),
                configuration: found.configuration,
                stamp: found.stamp
            )
            connections.keep(made, for: choice)
            return made
        } catch {
            throw StatusTranslation(found.configuration).error(for: error)
        }
    }

    /// Lets the channel go after the server refused its certificate or ours: the next call reads the file again.
    func forget(_ broken: Connection) {
        connections.forget(broken)
    }
}
