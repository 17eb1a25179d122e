// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// The configuration that the server hands to its clients: the scope variable `config`.
///
/// Certificate and nonce are visibly made up, unless the lab stands for a server with a configuration of its own.
struct ClientConfiguration: VQLObject {
    let organization: Organization

    static let version: VQLRow = [
        "name": "velociraptor", "version": "0.77.2", "compiler": "go1.27.3", "system": "linux", "architecture": "amd64",
    ]

    /// The settings that are set; what `SELECT config FROM scope()` shows.
    var settings: VQLRow {
        var row: VQLRow = [
            "server_urls": .texts(organization.serverURLs), "ca_certificate": .text(organization.certificate),
        ]
        row["nonce"] = .text(organization.nonce)
        for (name, value) in Self.paths + Self.installers { row[name] = value }
        row["version"] = .dict(Self.version)
        row["server_version"] = ["version": "0.77.2"]
        row["use_self_signed_ssl"] = true
        row["max_upload_size"] = 5_242_880
        row["local_buffer"] = [
            "memory_size": 52_428_800, "disk_size": 1_073_741_824, "filename_linux": "/var/tmp/Velociraptor_Buffer.bin",
            "filename_windows": "$TEMP/Velociraptor_Buffer.bin",
            "filename_darwin": "/var/tmp/Velociraptor_Buffer.bin",
        ]
        return row
    }

    private static let paths: [(String, VQLValue)] = [
        ("writeback_darwin", "/etc/velociraptor.writeback.yaml"),
        ("writeback_linux", "/etc/velociraptor.writeback.yaml"),
        ("writeback_windows", #"$ProgramFiles\Velociraptor\velociraptor.writeback.yaml"#),
        ("level2_writeback_suffix", ".bak"), ("tempdir_windows", #"$ProgramFiles\Velociraptor\Tools"#),
        ("max_poll", 5), ("nanny_max_connection_delay", 600),
    ]

    private static let installers: [(String, VQLValue)] = [
        (
            "windows_installer",
            [
                "service_name": "Velociraptor", "install_path": #"$ProgramFiles\Velociraptor\Velociraptor.exe"#,
                "service_description": "Velociraptor service",
            ]
        ),
        (
            "darwin_installer",
            ["service_name": "com.velocidex.velociraptor", "install_path": "/usr/local/bin/velociraptor"]
        ),
    ]

    /// The settings that are not set, with the values they show when all are listed.
    private static let unset: [(String, VQLValue)] = [
        ("labels", .null), ("proxy", ""), ("proxy_config", .null), ("tempdir_linux", ""), ("tempdir_darwin", ""),
        ("min_poll", 0), ("max_poll_std", 0), ("ws_ping_wait_sec", 0), ("prevent_execve", false),
        ("default_max_wait", 0), ("pinned_server_name", ""), ("max_memory_hard_limit", 0), ("concurrency", 0),
        ("connection_timeout", 0), ("Crypto", .null), ("disable_compression", false),
        ("default_server_flow_stats_update", 0), ("client_info_update_time", 0), ("fallback_addresses", .null),
        ("dns_cache_refresh_min", 0), ("disable_checkpoints", false), ("additional_event_artifacts", .null),
        ("logfile_name", ""), ("logfile_size", 0), ("panic_file", ""), ("insecure_network_trace_file", ""),
        ("low_resource_max_cpu", 0), ("low_resource_cpu_count", 0), ("Logging", .null),
    ]

    /// The configuration as YAML, for `orgs()`.
    var yaml: String {
        var text = "version:\n" + Self.version.map { "  \($0.name): \($0.value.stringValue ?? "")\n" }.joined()
        text += "Client:\n  server_urls:\n" + organization.serverURLs.map { "  - \($0)\n" }.joined()
        text += "  nonce: \(organization.nonce)\n"
        for (name, value) in Self.paths {
            text += "  \(name): \(value.stringValue ?? String(value.integerValue ?? 0))\n"
        }
        return text
    }

    // MARK: - As a value

    var typeName: String { "*config_proto.ClientConfig" }
    var plainValue: VQLValue { .dict(settings) }
    var isRunnable: Bool { true }

    func member(_ name: String) -> VQLValue? {
        // Fields answer to the names of the message and to those of the Go structure.
        switch name {
        case "Version": .dict(Self.version)
        case "ServerVersion": settings["server_version"]
        default: settings[name] ?? Self.unset.first { $0.0 == name }?.1
        }
    }

    func run(_ call: Invocation, into emit: (VQLRow) throws -> Void) throws {
        var row = settings
        for (name, value) in Self.unset { row[name] = value }
        try emit(row)
    }
}
