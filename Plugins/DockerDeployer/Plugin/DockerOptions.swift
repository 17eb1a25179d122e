// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// The deployer's own inputs.
struct DockerOptions: Codable, Sendable {
    /// How the container reaches others.
    enum NetworkMode: String, Codable, Sendable {
        /// A network of its own; ports are published.
        case bridge
        case host
        case none
    }

    var engine: String?
    var tlsFolder: String?
    var sshKeyFile: String?
    var knownHosts: String?
    var image: String?
    var baseImage: String?
    var allowUnpinnedImage: Bool?
    var program: String?
    var networkMode: NetworkMode?
    var healthCommand: [String]?
    var openFiles: Int?
    var startSeconds: Int?

    private enum CodingKeys: String, CodingKey {
        case engine, image, program
        case tlsFolder = "tls_folder"
        case sshKeyFile = "ssh_key_file"
        case knownHosts = "known_hosts"
        case baseImage = "base_image"
        case allowUnpinnedImage = "allow_unpinned_image"
        case networkMode = "network_mode"
        case healthCommand = "health_command"
        case openFiles = "open_files"
        case startSeconds = "start_seconds"
    }

    init(_ json: JSONValue) throws(MegaraptorError) {
        self = try json.options(of: "docker")
    }

    var network: NetworkMode { networkMode ?? .bridge }
    /// Where the program lies in the image.
    var programPath: String { program ?? "/bin/velociraptor" }
    var fileLimit: Int { openFiles ?? 20_000 }
    var startLimit: Duration { .seconds(startSeconds ?? 60) }
}

// MARK: - Schema

extension DockerOptions {
    /// What ssh takes for a path and nothing more.
    private static let path = Schema.string(pattern: "^/[A-Za-z0-9/._@+-]+$")

    static let schema = Schema.object(
        .optional(
            "engine",
            .string.described(
                "Where the engine listens: unix:///path, tcp://host:port (TLS only), or ssh://user@host. Left out:"
                    + " DOCKER_HOST, then the sockets of Docker and podman on this machine."
            ).examples("unix:///var/run/docker.sock", "ssh://admin@docker.example.org")
        ),
        .optional(
            "tls_folder",
            .string.described(
                "For tcp://: a folder on this machine with ca.pem, cert.pem and key.pem. Left out: DOCKER_CERT_PATH."
            )
        ),
        .optional(
            "ssh_key_file",
            path.described(
                "For ssh://: a private key on this machine, without passphrase or in the SSH agent. Left out: what the"
                    + " agent and ~/.ssh/config have."
            )
        ),
        .optional(
            "known_hosts",
            path.described("For ssh://: the file of known host keys. Left out: the user's and the system's.")
        ),
        .optional(
            "image",
            .string.described(
                "An image that holds the server program, pinned as name@sha256:… . Left out: one is built around the"
                    + " deployment's binary."
            )
        ),
        .optional(
            "base_image",
            .string.described(
                "What an image that is built stands on, pinned too. Left out: nothing, which is enough for a static"
                    + " binary."
            )
        ),
        .optional(
            "allow_unpinned_image",
            .boolean.described("Takes images by tag as well: then nobody knows what will run.").defaulting(to: false)
        ),
        .optional(
            "program",
            .string(pattern: "^/").described("Where the program lies in the image.").defaulting(to: "/bin/velociraptor")
        ),
        .optional(
            "network_mode",
            .oneOf("bridge", "host", "none").described(
                "bridge: a network of its own, ports published. host: the machine's own network, without the"
                    + " separation. none: unreachable."
            ).defaulting(to: "bridge")
        ),
        .optional(
            "health_command",
            .array(of: .string).described(
                "A command in the image by which the engine itself checks the server. Left out: it is only checked from"
                    + " outside."
            )
        ),
        .optional(
            "open_files",
            .integer(1024...1_048_576).described("How many files the server may have open.").defaulting(to: 20_000)
        ),
        .optional(
            "start_seconds",
            .integer(5...600).described("How long a start may take until it counts as failed.").defaulting(to: 60)
        )
    )
}
