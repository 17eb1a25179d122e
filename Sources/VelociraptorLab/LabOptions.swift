// SPDX-License-Identifier: Apache-2.0

/// How a lab is set up.
public struct LabOptions: Sendable {
    /// Which clients a lab begins with.
    public enum Preset: Sendable, Hashable {
        /// A company of a dozen machines with an intrusion to find; further clients are generated.
        case office
        /// The two clients of the recorded exchanges, which collect at once.
        case recorded
    }

    /// Where the lab keeps its authority and writes the API client files. Made if it is not there.
    public var directory: String
    /// 0 for the port that this folder had last, or any free one.
    public var port: Int
    /// How many clients the server has; the office alone is the least.
    public var clients: Int
    /// Milliseconds before each call is answered.
    public var latency: Int
    public var preset: Preset
    /// Milliseconds from the request for a collection to its results on a client that is online.
    public var collectionTime: Int

    public init(
        directory: String,
        port: Int = 0,
        clients: Int = 12,
        latency: Int = 0,
        preset: Preset = .office,
        collectionTime: Int? = nil
    ) {
        self.directory = directory
        self.port = port
        self.clients = clients
        self.latency = latency
        self.preset = preset
        self.collectionTime = collectionTime ?? (preset == .office ? 300 : 0)
    }

    /// The largest fleet that a lab serves.
    public static let maxClients = 50_000

    /// The server with its organisations; that of the recordings had only the first one.
    var organizations: Organizations {
        switch preset {
        case .recorded: Organizations(root: server(.root, .recorded))
        case .office:
            Organizations(
                root: server(.root, .office(clients: clients)),
                others: [server(.branch, .branch), server(.subsidiary, .subsidiary)]
            )
        }
    }

    private func server(_ organization: Organization, _ fleet: Fleet) -> LabServer {
        LabServer(
            LabServer.Options(
                organization: organization,
                fleet: fleet,
                collectionTime: .milliseconds(Int64(collectionTime))
            )
        )
    }
}
