// SPDX-License-Identifier: Apache-2.0

/// A file that a client sent to the server while it collected.
struct Upload: Sendable, Hashable {
    /// The path on the client.
    var path: String
    /// How the client read it: `auto`, `file`.
    var accessor: String
    var size: Int
    /// What is kept of it: the lab's files are short texts.
    var text: String

    /// The path's parts, without the separators of either system.
    var components: [String] { path.split { $0 == "/" || $0 == "\\" }.map(String.init) }

    /// Where the server keeps it.
    func storedComponents(client: String, flow: String) -> [String] {
        ["clients", client, "collections", flow, "uploads", accessor] + components
    }

    /// The path with which `read_file(accessor='fs')` reads it on the server.
    func storedPath(client: String, flow: String) -> String {
        "fs:/" + storedComponents(client: client, flow: flow).joined(separator: "/")
    }
}
