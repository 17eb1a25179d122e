// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Whether a client is there to take up work, as far as the server can tell.
struct ClientPresence: Sendable, Hashable {
    /// The members of a ``ClientRecord`` that say so.
    let json: JSONObject

    /// - Parameter client: a ``ClientRecord``.
    init(_ client: JSONObject) {
        json = JSONObject(
            ["client_id", "hostname", "os", "last_seen", "last_seen_at", "seconds_since_seen", "online_estimate"].map {
                ($0, client[$0] ?? .null)
            }
        )
    }

    private init() {
        json = [:]
    }

    /// For a client of which the server keeps no record, though it may keep flows of it.
    static let unregistered = ClientPresence()

    /// `windows`, `linux` or `darwin`; empty for a client that never told.
    var system: String { json["os"]?.stringValue ?? "" }
    var isOnline: Bool { json["online_estimate"] == true }

    /// When it was last seen, and what that means for work that is queued.
    var words: String {
        guard !json.isEmpty else { return "The server keeps no record of this client." }
        guard let seen = json["last_seen"]?.stringValue, let age = json["seconds_since_seen"]?.integerValue else {
            return "The client was never seen: queued work waits until it connects."
        }
        let place = "Last seen \(seen), \(Self.span(age)) ago"
        return isOnline
            ? "\(place): probably online."
            : "\(place): probably offline. The work stays queued and begins when the client returns."
    }

    private static func span(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86400) days"
        }
    }
}
