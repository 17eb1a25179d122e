// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A server's configuration file, strictly read. What it says is checked in ``checked()``.
public struct ServerConfiguration: Sendable {
    /// The members as they stand in the file.
    public let document: JSONObject

    /// - Throws: the message of the server's loader for text that is no such configuration.
    public init(yaml: String) throws(ServerFailure) {
        document = try ConfigurationReader.read(yaml)
    }

    /// Reads a file.
    public init(path: String) throws(ServerFailure) {
        try self.init(yaml: SystemFile.contents(of: path) { ServerFailure.loading($0) })
    }

    func section(_ name: String) -> JSONObject? { document[name]?.objectValue }

    func text(_ section: String, _ name: String) -> String { self.section(section)?[name]?.stringValue ?? "" }

    func number(_ section: String, _ name: String) -> Int {
        Int(clamping: self.section(section)?[name]?.integerValue ?? 0)
    }

    func flag(_ section: String, _ name: String) -> Bool { self.section(section)?[name]?.boolValue ?? false }

    func texts(_ section: String, _ name: String) -> [String] {
        self.section(section)?[name]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Where one of the services listens.
    func place(_ section: String) -> (host: String, port: Int) {
        (text(section, "bind_address"), number(section, "bind_port"))
    }

    // MARK: - What is said in several places

    /// The common name that the server's certificate bears.
    var serverName: String {
        let pinned = text("Client", "pinned_server_name")
        return pinned.isEmpty ? "VelociraptorServer" : pinned
    }

    /// The host that the server is known by, guessed where it is not told.
    var hostname: String {
        let told = text("Frontend", "hostname")
        guard told.isEmpty else { return told }
        let rest = texts("Client", "server_urls").first?.split(separator: "/").dropFirst().first ?? ""
        return String(rest.prefix { $0 != ":" })
    }

    /// Where the server itself and the files it writes look for the API.
    var apiAddress: (host: String, port: Int) {
        let (bound, port) = place("API")
        if bound == "127.0.0.1" { return (bound, port) }
        let told = text("API", "hostname")
        return (told.isEmpty ? hostname : told, port)
    }

    /// Without a location the server writes to the root of the file system, and so does the lab.
    var datastoreLocation: String {
        let location = text("Datastore", "location")
        return location.isEmpty ? "/" : location
    }

    var filestoreDirectory: String {
        let directory = text("Datastore", "filestore_directory")
        return directory.isEmpty ? "/" : directory
    }

    /// What agents are given: the client's part alone, without any private key.
    public var clientConfiguration: JSONObject {
        ["version": document["version"] ?? Self.version, "Client": document["Client"] ?? [:]]
    }

    /// What `version` prints.
    public static let version: JSONValue = [
        "name": "velociraptor", "version": "0.77.2", "compiler": "go1.27.3", "system": "linux",
        "architecture": "amd64",
    ]
}
