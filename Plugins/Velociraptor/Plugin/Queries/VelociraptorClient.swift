// SPDX-License-Identifier: Apache-2.0

internal import GRPCTransport
public import MegaraptorErrors

/// The way to one Velociraptor server: its configuration, found when it is first needed, and one channel.
public actor VelociraptorClient {
    /// Finds and checks the configuration. Asked again after it failed, so that a corrected file needs no restart.
    public typealias Loader = @Sendable () async throws(MegaraptorError) -> APIClientConfiguration

    /// A channel and what is known about it, for explaining its failures.
    struct Connection: Sendable {
        var channel: GRPCChannel
        var configuration: APIClientConfiguration
    }

    private let load: Loader
    nonisolated let retry: RetryPolicy
    private var connection: Connection?

    public init(retry: RetryPolicy = RetryPolicy(), load: @escaping Loader) {
        self.load = load
        self.retry = retry
    }

    func connect() async throws(MegaraptorError) -> Connection {
        if let connection { return connection }
        let configuration = try await load()
        // While the file was read another call may have been quicker.
        if let connection { return connection }
        let settings = try configuration.channel()
        do throws(GRPCStatus) {
            let made = Connection(channel: try GRPCChannel(settings), configuration: configuration)
            connection = made
            return made
        } catch {
            throw StatusTranslation(configuration).error(for: error)
        }
    }

    /// Lets the channel go after the server refused its certificate or ours: the next call reads the file again.
    func forget(_ broken: Connection) {
        if connection?.channel === broken.channel { connection = nil }
    }
}
