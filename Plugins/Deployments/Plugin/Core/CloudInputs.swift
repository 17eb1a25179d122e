// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// What a server in a cloud is told beside what every server is. Tools take it as arguments of their own; it goes to the
/// deployer as its options, which have the same names in every cloud.
enum CloudInputs {
    private static let inputs: [(name: String, schema: Schema)] = [
        ("region", .string.with("maxLength", 64).described("The cloud's name of it: eu-central-1, westeurope.")),
        (
            "instance_type",
            .string.with("maxLength", 64).described("The machine's size in the cloud's words. Default: by the profile.")
        ),
        ("network_id", id.described("A VPC or VNet that there is. Default: one of its own is made.")),
        ("subnet_id", id.described("In that network.")),
        ("agent_ranges", ranges.described("Who reaches the agents' port; 0.0.0.0/0 is the world.")),
        ("gui_ranges", ranges.described("Who reaches the GUI. Default: nobody but the cloud's own sessions.")),
        ("api_ranges", ranges.described("Who reaches the API: where these tools run, for example.")),
        ("ssh_ranges", ranges.described("Who reaches SSH. Default: nobody; the cloud's sessions need no port.")),
        ("public_address", .boolean.described("false: reached from its network only. Default: true.")),
        ("disk_gb", .integer(20...16_384).described("The disk for evidence, which outlives the machine.")),
        ("ssh_key", id.described("AWS: a key pair's name; Azure: a public key. Default: none.")),
        ("dns_zone", id.described("A zone of the cloud's DNS, in which server_hostname gets its record.")),
        (
            "certificate",
            id.described("A secret in the cloud that holds a certificate and its key in PEM, for server_hostname.")
        ),
    ]

    static var schema: [Schema.Member] { inputs.map { .optional($0.name, $0.schema) } }

    private static let id = Schema.string.with("maxLength", 2048)
    private static let ranges = Schema.array(of: .string.with("maxLength", 50)).with("maxItems", 50)

    /// What of a tool's arguments is for the cloud, beside the options that were given as such. Those win.
    static func options(_ arguments: JSONValue, beside options: JSONValue?) -> JSONValue? {
        var merged = options?.objectValue ?? [:]
        for (name, _) in inputs {
            guard let value = arguments[name], value != .null else { continue }
            merged[name] = merged[name] ?? value
        }
        return merged.isEmpty ? options : .object(merged)
    }
}

extension ServerInputs {
    /// What follows from the options of a cloud where nothing else was said.
    mutating func settleForCloud() {
        guard let options else { return }
        if Self.isOpen("gui_ranges", options) { guiAddress = guiAddress ?? "0.0.0.0" }
        if Self.isOpen("api_ranges", options) { apiAddress = apiAddress ?? "0.0.0.0" }
        if options["certificate"] != nil {
            certificateFile = certificateFile ?? "/etc/velociraptor/tls/certificate.pem"
            certificateKeyFile = certificateKeyFile ?? "/etc/velociraptor/tls/key.pem"
        }
    }

    /// Whether anybody outside the server is to reach something.
    static func isOpen(_ ranges: String, _ options: JSONValue) -> Bool {
        options[ranges]?.arrayValue?.isEmpty == false
    }
}
