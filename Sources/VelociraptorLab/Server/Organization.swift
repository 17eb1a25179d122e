// SPDX-License-Identifier: Apache-2.0

/// One tenant of the server: clients, flows, hunts and rights of its own.
struct Organization: Sendable, Hashable {
    /// `root`, or `O` and a few characters.
    var id: String
    var name: String
    /// What the organisation's clients prove themselves with. Visibly made up.
    var nonce: String
    /// Where clients find the server.
    var serverURLs = ["https://127.0.0.1:8000/"]
    /// Whom clients trust. Visibly made up, where no real one is told.
    var certificate = "-----BEGIN CERTIFICATE-----\nTk9UIEEgQ0VSVElGSUNBVEU=\n-----END CERTIFICATE-----\n"

    var isRoot: Bool { id == Self.root.id }

    static let root = Organization(id: "root", name: "<root>", nonce: "NOT-A-NONCE=")
    /// A branch office, where the administrator and the investigator have rights too.
    static let branch = Organization(id: "O8MH0", name: "Branch North", nonce: "NOT-A-NONCE-OF-NORTH=")
    /// A company that was bought; nobody's key has rights there.
    static let subsidiary = Organization(id: "OKQ3T", name: "Subsidiary South", nonce: "NOT-A-NONCE-OF-SOUTH=")
}

/// The organisations of a lab.
struct Organizations: Sendable {
    let root: LabServer
    let others: [LabServer]

    init(root: LabServer, others: [LabServer] = []) {
        self.root = root
        self.others = others
    }

    var all: [LabServer] { [root] + others }

    /// The server's part for one organisation; the first one for an empty id, `nil` for an id that is not known.
    subscript(id: String) -> LabServer? {
        id.isEmpty ? root : all.first { $0.organization.id == id }
    }
}
