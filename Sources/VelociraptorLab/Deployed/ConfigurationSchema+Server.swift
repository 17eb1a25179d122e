// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSection {
    static let gui = ConfigurationSection(
        "GUIConfig",
        [
            "bind_address": .text, "bind_port": .uint32, "public_url": .text, "base_path": .text,
            "gw_certificate": .text, "gw_private_key": .text, "allowed_cidr": .texts, "forwarded_proxy_header": .text,
            "use_plain_http": .flag,
            "links": .sections(
                ConfigurationSection(
                    "GUILink",
                    ["text": .text, "url": .text, "icon_url": .text, "type": .text, "new_tab": .flag]
                )
            ),
            "initial_users": .sections(
                ConfigurationSection("GUIUser", ["name": .text, "password_hash": .text, "password_salt": .text])
            ),
            "initial_orgs": .sections(
                ConfigurationSection("InitialOrgRecord", ["name": .text, "org_id": .text, "nonce": .text])
            ),
            "reverse_proxy": .sections(
                ConfigurationSection("ReverseProxyConfig", ["route": .text, "url": .text, "require_auth": .flag])
            ),
            "authenticator": .section(ConfigurationSection("Authenticator", ["type": .text])),
        ]
    )

    static let frontend = ConfigurationSection(
        "FrontendConfig",
        [
            "hostname": .text, "bind_address": .text, "bind_port": .uint32, "certificate": .text, "private_key": .text,
            "run_as_user": .text, "default_client_monitoring_artifacts": .texts,
            "default_server_monitoring_artifacts": .texts, "initial_server_artifacts": .texts,
            "tls_certificate_filename": .text, "tls_private_key_filename": .text, "use_plain_http": .flag,
            "GRPC_pool_max_size": .int64, "GRPC_pool_max_wait": .int64,
            "dyn_dns": .section(
                ConfigurationSection("DynDNSConfig", ["ddns_username": .text, "ddns_password": .text])
            ),
            "resources": .section(
                ConfigurationSection(
                    "FrontendResourceControl",
                    [
                        "connections_per_second": .uint64, "notifications_per_second": .uint64,
                        "max_upload_size": .uint64, "expected_clients": .int64, "concurrency": .uint64,
                    ]
                )
            ),
        ]
    )
}
