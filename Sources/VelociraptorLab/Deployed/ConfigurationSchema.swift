// SPDX-License-Identifier: Apache-2.0

/// What a member of the configuration may hold.
indirect enum ConfigurationType: Sendable {
    case text
    case flag
    /// A number by the name of its Go type; unsigned ones are not negative.
    case number(String)
    case texts
    case section(ConfigurationSection)
    case sections(ConfigurationSection)

    static let uint32 = ConfigurationType.number("uint32")
    static let uint64 = ConfigurationType.number("uint64")
    static let int64 = ConfigurationType.number("int64")

    /// The name of the Go type, as messages show it.
    var name: String {
        switch self {
        case .text: "string"
        case .flag: "bool"
        case .number(let name): name
        case .texts: "[]string"
        case .section(let section): section.name
        case .sections(let section): "[]*" + section.name
        }
    }
}

/// A message of the configuration with its members. A member that is not in it is an error for the server.
struct ConfigurationSection: Sendable {
    /// The Go type: `proto.GUIConfig`.
    let name: String
    let members: [String: ConfigurationType]

    init(_ name: String, _ members: [String: ConfigurationType]) {
        self.name = "proto." + name
        self.members = members
    }
}

extension ConfigurationSection {
    /// The whole file.
    static let root = ConfigurationSection(
        "Config",
        [
            "version": .section(version), "Client": .section(client), "API": .section(api), "GUI": .section(gui),
            "CA": .section(ConfigurationSection("CAConfig", ["private_key": .text])), "Frontend": .section(frontend),
            "Datastore": .section(datastore), "Logging": .section(logging), "Monitoring": .section(monitoring),
            "api_config": .section(apiClient), "obfuscation_nonce": .text, "defaults": .section(defaults),
            "security": .section(security), "autocert_cert_cache": .text, "lockdown": .flag,
        ]
    )

    private static let version = ConfigurationSection(
        "Version",
        [
            "name": .text, "version": .text, "commit": .text, "build_time": .text, "compiler": .text, "system": .text,
            "architecture": .text,
        ]
    )

    private static let api = ConfigurationSection(
        "APIConfig",
        [
            "hostname": .text, "bind_address": .text, "bind_port": .uint32, "bind_scheme": .text,
            "pinned_gw_name": .text,
        ]
    )

    private static let datastore = ConfigurationSection(
        "DatastoreConfig",
        [
            "implementation": .text, "location": .text, "filestore_directory": .text, "compression": .text,
            "minion_implementation": .text, "master_implementation": .text,
        ]
    )

    private static let retention = ConfigurationSection(
        "LoggingRetentionConfig",
        ["rotation_time": .uint64, "max_age": .uint64, "disabled": .flag]
    )

    private static let logging = ConfigurationSection(
        "LoggingConfig",
        [
            "output_directory": .text, "separate_logs_per_component": .flag, "rotation_time": .uint64,
            "max_age": .uint64, "debug": .section(retention), "info": .section(retention),
            "error": .section(retention),
        ]
    )

    private static let monitoring = ConfigurationSection(
        "MonitoringConfig",
        ["bind_address": .text, "bind_port": .uint32]
    )

    private static let apiClient = ConfigurationSection(
        "ApiClientConfig",
        [
            "ca_certificate": .text, "client_cert": .text, "client_private_key": .text,
            "api_connection_string": .text, "name": .text, "pinned_server_name": .text,
        ]
    )

    private static let defaults = ConfigurationSection(
        "Defaults",
        [
            "hunt_expiry_hours": .int64, "notebook_cell_timeout_min": .int64, "certificate_validity_days": .int64,
            "artifact_definitions_directories": .texts, "disable_unicode_usernames": .flag,
        ]
    )

    private static let security = ConfigurationSection(
        "Security",
        ["certificate_validity_days": .int64, "denied_plugins": .texts]
    )
}
