// SPDX-License-Identifier: Apache-2.0

/// Where an agent lies on Linux, and how it is started: as the vendor's own packages have it, so that either can take the
/// other's place.
enum LinuxAgent {
    static let package = "velociraptor-client"
    static let service = "velociraptor_client"
    static let program = "/usr/local/bin/velociraptor_client"
    static let configFolder = "/etc/velociraptor"
    static let config = "/etc/velociraptor/client.config.yaml"
    static let unitPath = "/etc/systemd/system/velociraptor_client.service"
    static let openRCPath = "/etc/init.d/velociraptor_client"
    /// The agent's own key, from which its client id follows, and what it could not send yet. Made by the agent.
    static let ownFiles = [
        "/etc/velociraptor.writeback.yaml", "/etc/velociraptor.writeback.yaml.bak", "/var/tmp/Velociraptor_Buffer.bin",
    ]

    static let unit = """
        [Unit]
        Description=Velociraptor agent
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=simple
        ExecStart=\(program) --config \(config) client --quiet
        Environment=LANG=C.UTF-8
        Restart=always
        RestartSec=10
        LimitNOFILE=20000

        [Install]
        WantedBy=multi-user.target

        """

    static let openRC = """
        #!/sbin/openrc-run
        description="Velociraptor agent"
        command="\(program)"
        command_args="--config \(config) client --quiet"
        command_background=true
        supervisor=supervise-daemon
        respawn_delay=10

        depend() {
            use net
            after firewall
        }

        """
}
