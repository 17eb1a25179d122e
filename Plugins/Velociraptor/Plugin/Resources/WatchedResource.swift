// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// A resource whose changes can be noticed: a hunt, its results, or a flow.
enum WatchedResource: Sendable, Hashable {
    case hunt(String)
    case huntResults(String)
    case flow(client: String, flow: String)

    /// How a resource looked at some moment.
    struct Look: Sendable, Hashable {
        /// Differs when the resource does.
        var print: String
        /// Whether it will never change again.
        var isDone = false
    }

    /// `nil` for the address of anything else.
    init?(uri: String) {
        guard let path = uri.dropping(prefix: velociraptorScheme) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("hunts"?, 2) where ResourceIdentifier.hunt.fits(parts[1]): self = .hunt(parts[1])
        case ("hunts"?, 3) where ResourceIdentifier.hunt.fits(parts[1]) && parts[2] == "results":
            self = .huntResults(parts[1])
        case ("flows"?, 3)
        where ResourceIdentifier.clientOrServer.fits(parts[1]) && ResourceIdentifier.flow.fits(parts[2]):
            self = .flow(client: parts[1], flow: parts[2])
        default: return nil
        }
    }

    /// Looks at it: a single row of the server. One that does not exist has a look too, for it may have been deleted.
    func look(_ client: VelociraptorClient) async throws(MegaraptorError) -> Look {
        do throws(MegaraptorError) {
            switch self {
            case .hunt(let id):
                let hunt = try await HuntLookup(client: client)(id)
                return Look(print: Self.print(hunt.row, Self.huntMembers) + (hunt.isExpired ? " expired" : ""))
            case .huntResults(let id):
                let hunt = try await HuntLookup(client: client)(id)
                return Look(print: Self.print(hunt.row, ["stats", "state"]))
            case .flow(let clientID, let flowID):
                let flow = try await FlowWatch(client: client, clientID: clientID, flowID: flowID).state()
                return Look(print: Self.print(flow.row, Self.flowMembers), isDone: flow.isDone)
            }
        } catch {
            guard error.code == .notFound else { throw error }
            return Look(print: "")
        }
    }

    private static let huntMembers = ["state", "stats", "hunt_description", "tags", "start_time", "expires"]
    private static let flowMembers = [
        "state", "status", "start_time", "active_time", "total_collected_rows", "total_uploaded_files",
        "total_uploaded_bytes", "total_logs", "artifacts_with_results",
    ]

    private static func print(_ row: JSONValue, _ members: [String]) -> String {
        Fingerprint(of: members.map { (row[$0] ?? .null).json() }).text
    }
}
