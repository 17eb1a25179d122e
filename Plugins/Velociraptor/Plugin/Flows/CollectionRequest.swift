// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// A collection that somebody asks for.
struct CollectionRequest: Sendable, Hashable {
    /// A client, or `server`.
    var clientID: String
    var artifacts: [String]
    /// `{artifact: {parameter: value}}`.
    var parameters: JSONObject = [:]
    /// After so many seconds of work the client ends it.
    var seconds = 600
    var isUrgent = false
    /// Percent of one core.
    var cpuLimit: Int?
    var maxRows: Int?
    var maxBytes: Int?
    var organization: String?

    var isForServer: Bool { clientID == "server" }
}
