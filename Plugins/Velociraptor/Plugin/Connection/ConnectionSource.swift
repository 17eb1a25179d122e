// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Where a client finds the configurations of servers.
protocol ConnectionSource: Sendable {
    /// The choice that counts: what operations configured may be a deployment.
    func resolve(_ choice: ServerChoice) async throws(MegaraptorError) -> ServerChoice

    /// Finds and checks a configuration. Asked again after it failed, so that a corrected file needs no restart.
    func find(_ choice: ServerChoice) async throws(MegaraptorError) -> FoundConfiguration
}

/// A configuration and the file that has to stay as it is for it to hold.
struct FoundConfiguration: Sendable {
    var configuration: APIClientConfiguration
    /// `nil` where the configuration holds until the server refuses it.
    var stamp: FileStamp?
}

/// One server, whatever is chosen.
struct SingleConnection: ConnectionSource {
    let load: VelociraptorClient.Loader

    func resolve(_ choice: ServerChoice) -> ServerChoice { .configured }

    func find(_ choice: ServerChoice) async throws(MegaraptorError) -> FoundConfiguration {
        FoundConfiguration(configuration: try await load())
    }
}
