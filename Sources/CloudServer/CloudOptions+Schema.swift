// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorPluginKit

extension CloudOptions {
    /// How this cloud calls what the others have, too.
    public struct Words: Sendable {
        public var region: Schema
        public var instanceType: Schema
        public var networkID: Schema
        public var subnetID: Schema
        public var sshKey: Schema
        public var dnsZone: Schema
        public var certificate: Schema
        /// What stands in the place of SSH.
        public var session: String

        public init(
            region: Schema,
            instanceType: Schema,
            networkID: Schema,
            subnetID: Schema,
            sshKey: Schema,
            dnsZone: Schema,
            certificate: Schema,
            session: String = "It is not needed: the cloud's own session service is there"
        ) {
            self.region = region
            self.instanceType = instanceType
            self.networkID = networkID
            self.subnetID = subnetID
            self.sshKey = sshKey
            self.dnsZone = dnsZone
            self.certificate = certificate
            self.session = session
        }
    }

    public static func members(_ words: Words) -> [Schema.Member] {
        [
            .optional("region", words.region), .optional("instance_type", words.instanceType),
            .optional("network_id", words.networkID), .optional("subnet_id", words.subnetID),
            .optional(
                "agent_ranges",
                ranges("agents reach the frontend. 0.0.0.0/0 lets every agent on the internet in")
            ),
            .optional("gui_ranges", ranges("people reach the GUI")),
            .optional("api_ranges", ranges("programs reach the API")),
            .optional(
                "ssh_ranges",
                ranges("SSH is reached. \(words.session)")
            ),
            .optional(
                "public_address",
                .boolean.defaulting(to: true).described("false: the server is reached only inside its network.")
            ),
            .optional(
                "disk_gb",
                .integer(20...16_384).described("The encrypted disk of the datastore. Left out: by profile.")
            ),
            .optional("ssh_key", words.sshKey), .optional("dns_zone", words.dnsZone),
            .optional("certificate", words.certificate),
        ] + program + care
    }

    private static func ranges(_ who: String) -> Schema {
        .array(of: .string.with("maxLength", 49)).with("maxItems", 50).defaulting(to: [])
            .described("The addresses (CIDR) from which \(who). Left out: nobody.")
            .examples(["203.0.113.0/24", "2001:db8::/48"])
    }

    /// They go into a script, so they hold nothing that it could take for more than a value.
    private static let program: [Schema.Member] = [
        .optional(
            "program_url",
            .string(pattern: ProgramSource.urlPattern).with("maxLength", 1000).described(
                "Where the machine fetches the server program, open to whoever knows it. Left out: the vendor's release."
            )
        ),
        .optional(
            "program_sha256",
            .string(pattern: "^[0-9a-fA-F]{64}$").described("Its checksum. Left out: that of the deployment's binary.")
        ),
        .optional(
            "program_version",
            .string(pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$").described("Left out: that of the deployment's binary.")
        ),
        .optional(
            "program_architecture",
            .oneOf("amd64", "arm64").described("Left out: that of the binary, else amd64.")
        ),
    ]

    private static let care: [Schema.Member] = [
        .optional(
            "backup_days",
            .integer(0...1000).described("How long daily backups are kept; 0: none are made. Left out: by profile.")
        ),
        .optional("wait_minutes", .integer(5...60).defaulting(to: 20).described("How long a start may take.")),
    ]
}
