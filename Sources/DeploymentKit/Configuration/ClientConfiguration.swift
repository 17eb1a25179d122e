// SPDX-License-Identifier: Apache-2.0

public import Certificates
internal import DeployerKit
public import JSONValue
public import MegaraptorErrors

/// All that an agent's `client.config.yaml` is made of. It holds no private key, but the nonce lets anybody enrol.
public struct ClientConfiguration: Sendable {
    /// By which agents reach the server.
    public var hostname: HostName
    public var frontendPort: Int
    /// What agents trust.
    public var authority: Certificate
    public var nonces: DeploymentNonces
    /// Whether agents accept only the deployment's own authority and the server's fixed name. False with a public
    /// certificate.
    public var pinsServerName: Bool
    /// What the agent is labelled with when it enrols.
    public var labels: [String]
    /// The longest wait, in seconds, between two tries to reach the server.
    public var maxPoll: Int
    /// The version of the program, for the reader of the file.
    public var version: String?

    public init(
        hostname: HostName,
        frontendPort: Int,
        authority: Certificate,
        nonces: DeploymentNonces,
        pinsServerName: Bool = true,
        labels: [String] = [],
        maxPoll: Int = 60,
        version: String? = nil
    ) {
        self.hostname = hostname
        self.frontendPort = frontendPort
        self.authority = authority
        self.nonces = nonces
        self.pinsServerName = pinsServerName
        self.labels = labels
        self.maxPoll = maxPoll
        self.version = version
    }

    /// Where agents go.
    public var serverURL: String { ServerConfiguration.url(hostname, frontendPort) }

    /// The file's text. Secret, as the nonce is in it.
    public func text(_ format: ConfigurationFormat = .yaml) throws(MegaraptorError) -> String {
        format.text(for: try json())
    }

    /// The same as a value. Secret.
    public func json() throws(MegaraptorError) -> JSONValue {
        if let problem = (labelProblems + pollProblems).first {
            throw MegaraptorError(.invalidArgument, problem.message)
        }
        var object = JSONObject()
        if let version { object["version"] = Self.version(version) }
        object["Client"] = try section()
        return .object(object)
    }
}

// MARK: - Parts

extension ClientConfiguration {
    static func version(_ version: String) -> JSONValue {
        ["name": "velociraptor", "version": .string(version)]
    }

    /// The `Client` section, which the server's configuration has too.
    func section() throws(MegaraptorError) -> JSONValue {
        var object: JSONObject = [
            "server_urls": [.string(serverURL)],
            "ca_certificate": .string(try authority.pem()),
            "nonce": .string(nonces.client),
        ]
        if !labels.isEmpty { object["labels"] = .array(labels.map { .string($0) }) }
        // Where an agent keeps its key and client id: the server's own choice for each system.
        object["writeback_darwin"] = "/etc/velociraptor.writeback.yaml"
        object["writeback_linux"] = "/etc/velociraptor.writeback.yaml"
        object["writeback_windows"] = #"$ProgramFiles\Velociraptor\velociraptor.writeback.yaml"#
        object["max_poll"] = .integer(Int64(maxPoll))
        object["windows_installer"] = [
            "service_name": "Velociraptor",
            "install_path": #"$ProgramFiles\Velociraptor\Velociraptor.exe"#,
            "service_description": "Velociraptor service",
        ]
        object["darwin_installer"] = [
            "service_name": "com.velocidex.velociraptor",
            "install_path": "/usr/local/bin/velociraptor",
        ]
        object["use_self_signed_ssl"] = .bool(pinsServerName)
        object["local_buffer"] = Self.buffer
        return .object(object)
    }

    /// What an agent keeps while the server is out of reach: 50 MiB in memory, then 1 GiB on the disk.
    private static var buffer: JSONValue {
        [
            "memory_size": 52_428_800,
            "disk_size": 1_073_741_824,
            "filename_linux": "/var/tmp/Velociraptor_Buffer.bin",
            "filename_windows": "$TEMP/Velociraptor_Buffer.bin",
            "filename_darwin": "/var/tmp/Velociraptor_Buffer.bin",
        ]
    }

    var labelProblems: [DeploymentProblem] {
        labels.filter { !Self.isLabel($0) }
            .map { label in
                DeploymentProblem(
                    .error,
                    field: "labels",
                    "\"\(label.prefix(70))\" cannot be a label of agents.",
                    hint: "Use 1 to 64 letters, digits and . _ - :, the first a letter or digit."
                )
            }
    }

    private var pollProblems: [DeploymentProblem] {
        guard !(1...3600).contains(maxPoll) else { return [] }
        return [DeploymentProblem(.error, field: "max_poll", "max_poll is \(maxPoll) seconds, not 1 to 3600.")]
    }

    private static func isLabel(_ label: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        guard (1...64).contains(label.utf8.count), label.utf8.first.map(isAlphanumeric) == true else { return false }
        return label.utf8.allSatisfy { isAlphanumeric($0) || "._-:".utf8.contains($0) }
    }
}
