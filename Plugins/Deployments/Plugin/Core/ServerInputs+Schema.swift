// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorPluginKit

extension Schema {
    static var port: Schema { .integer(1...65535) }

    /// What a plan was shown with.
    static var digest: Schema {
        .string(pattern: "^[0-9a-f]{64}$").described("Of the plan that was shown; refused if the plan is another now.")
    }

    /// Where something listens.
    static var address: Schema { .string.with("maxLength", 45) }
}

extension ServerInputs {
    /// The deployers that there are, filled in by the host.
    static var deploymentType: Schema.Member {
        .optional(
            "deployment_type",
            .string.with("x-providers", .string(deployInterface)).described("The deployer. Default: the profile's.")
        )
    }

    static var profile: Schema {
        let names = DeploymentProfile.all.map(\.name)
        let summaries = DeploymentProfile.all.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")
        return .string.with("enum", .array(names.map(JSONValue.string))).described(summaries + ".")
    }

    /// - Parameter standard: the profile that is taken where none is named.
    static func common(profile standard: String) -> [Schema.Member] {
        [
            .optional("profile", profile.defaulting(to: .string(standard))),
            .optional(
                "server_hostname",
                .string.with("maxLength", 253).defaulting(to: "localhost").described(
                    "The name or address by which agents and people reach it. It is written into every agent."
                )
            ),
            .optional("gui_port", .port.defaulting(to: 8889)),
            .optional("frontend_port", .port.defaulting(to: 8000).described("For agents.")),
            .optional("api_port", .port.defaulting(to: 8001)),
            .optional(
                "monitoring_port",
                .port.defaulting(to: 8003).described("Metrics, on the server's own loopback only.")
            ),
            .optional("gui_address", .address.defaulting(to: "127.0.0.1").described("0.0.0.0 opens it to everybody.")),
            .optional("frontend_address", .address.defaulting(to: "0.0.0.0")),
            .optional("api_address", .address.defaulting(to: "127.0.0.1")),
            .optional("name", .string(pattern: "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$").described("For people.")),
            .optional("case_number", .string.with("maxLength", 100)),
            .optional("description", .string.with("maxLength", 1000)),
            .optional("tags", .tags),
            .optional("admin_user", .string.with("maxLength", 64).defaulting(to: "admin")),
            .optional("api_user", .string.with("maxLength", 64).defaulting(to: "megaraptor")),
            .optional("api_roles", .array(of: role).with("minItems", 1).described("Default: investigator, api.")),
            .optional(
                "binary",
                .string.with("maxLength", 4096).described(
                    "The server program on this machine, as download_velociraptor stored it: an absolute path."
                )
            ),
            .optional("version", .string(pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$").described("Of that program.")),
            .optional(
                "tls_certificate",
                .string.with("maxLength", 4096).described(
                    "Own certificate for the GUI and agents: a PEM file on the server."
                )
            ),
            .optional("tls_private_key", .string.with("maxLength", 4096).described("Its key, on the server.")),
            .optional(
                "acme_directory",
                .string.with("maxLength", 4096).described(
                    "Let's Encrypt: a folder on the server for its cache; needs ports 80 and 443."
                )
            ),
            .optional(
                "options",
                Schema(["type": "object"]).described(
                    "The deployer's own inputs; velociraptor://deployments lists them."
                )
            ),
            .optional(
                "template",
                .string(pattern: TemplateStore.namePattern).described(
                    "Saved by save_deployment_template; what is given here wins."
                )
            ),
        ]
    }

    /// Where a deployer reaches a machine.
    static var target: [Schema.Member] {
        [
            .optional("target_host", .string.with("maxLength", 253).described("The machine, for binary.")),
            .optional("ssh_user", .string.with("maxLength", 64)),
            .optional("ssh_key_path", .string.with("maxLength", 4096)),
        ]
    }

    /// Limits in the place of the profile's.
    static var limits: [Schema.Member] {
        [
            .optional("memory_limit", .string(pattern: "^[0-9]{1,6}[mMgG]$").examples("4g")),
            .optional("cpu_limit", .string(pattern: "^[0-9]{1,3}(\\.[0-9]{1,2})?$").examples("2")),
        ]
    }

    static var role: Schema {
        .string.with("enum", .array(UserRole.allCases.map { .string($0.rawValue) }))
    }
}
