// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSection {
    static let client = ConfigurationSection(
        "ClientConfig",
        clientTexts.merging(clientNumbers) { first, _ in first }.merging(clientParts) { first, _ in first }
    )

    private static let clientTexts: [String: ConfigurationType] = [
        "ca_certificate": .text, "nonce": .text, "writeback_linux": .text, "writeback_darwin": .text,
        "writeback_windows": .text, "level2_writeback_suffix": .text, "tempdir_linux": .text, "tempdir_darwin": .text,
        "tempdir_windows": .text, "pinned_server_name": .text, "proxy": .text, "logfile_name": .text,
        "panic_file": .text, "insecure_network_trace_file": .text,
    ]

    private static let clientNumbers: [String: ConfigurationType] = [
        "max_poll": .uint64, "min_poll": .uint64, "max_poll_std": .uint64, "nanny_max_connection_delay": .uint64,
        "ws_ping_wait_sec": .uint64, "max_upload_size": .uint64, "default_max_wait": .uint64,
        "max_memory_hard_limit": .uint64, "concurrency": .uint64, "connection_timeout": .uint64,
        "default_server_flow_stats_update": .uint64, "client_info_update_time": .int64,
        "dns_cache_refresh_min": .int64, "logfile_size": .uint64, "low_resource_max_cpu": .int64,
        "low_resource_cpu_count": .int64,
    ]

    private static let clientParts: [String: ConfigurationType] = [
        "server_urls": .texts, "labels": .texts, "use_self_signed_ssl": .flag, "prevent_execve": .flag,
        "disable_compression": .flag, "disable_checkpoints": .flag, "additional_event_artifacts": .texts,
        "version": .section(
            ConfigurationSection(
                "Version",
                [
                    "name": .text, "version": .text, "commit": .text, "build_time": .text, "compiler": .text,
                    "system": .text, "architecture": .text,
                ]
            )
        ),
        "server_version": .section(ConfigurationSection("Version", ["name": .text, "version": .text])),
        "windows_installer": .section(
            ConfigurationSection(
                "WindowsInstallerConfig",
                ["service_name": .text, "install_path": .text, "service_description": .text]
            )
        ),
        "darwin_installer": .section(
            ConfigurationSection("DarwinInstallerConfig", ["service_name": .text, "install_path": .text])
        ),
        "local_buffer": .section(
            ConfigurationSection(
                "RingBufferConfig",
                [
                    "memory_size": .uint64, "disk_size": .uint64, "filename_linux": .text, "filename_windows": .text,
                    "filename_darwin": .text,
                ]
            )
        ),
        "Crypto": .section(ConfigurationSection("CryptoConfig", ["root_certs": .text])),
    ]
}
