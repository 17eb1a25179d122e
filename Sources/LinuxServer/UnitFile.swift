// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

/// The systemd unit of a server.
///
/// The server binds low ports and raises its own limits, so it keeps two capabilities and no more. One process and no
/// guard beside it: systemd restarts it, and a guard would outlive what `MemoryMax` kills.
public struct UnitFile: Sendable {
    public let deployment: DeploymentSpecification
    public let layout: InstallLayout
    /// Whether the datastore is a disk of its own: then the server waits for it, and never writes into the empty folder
    /// beneath it.
    public let needsMount: Bool

    public init(deployment: DeploymentSpecification, layout: InstallLayout, needsMount: Bool = false) {
        self.deployment = deployment
        self.layout = layout
        self.needsMount = needsMount
    }

    public var text: String {
        (heading + service + protection + installation).joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        [
            "# Made by megaraptor-mcp for the deployment \(deployment.id). A removal takes it away.", "[Unit]",
            "Description=Velociraptor server \(deployment.id)", "Wants=network-online.target",
            "After=network-online.target",
        ] + (needsMount ? ["RequiresMountsFor=\(layout.datastore)", ""] : [""])
    }

    private var service: [String] {
        // In a cloud's images /tmp is often in memory, and what is made of evidence there is large.
        let places = needsMount ? ["Environment=TMPDIR=/var/tmp"] : []
        return [
            "[Service]", "Type=simple", "User=\(layout.user)", "Group=\(layout.user)",
            "ExecStart=\(layout.binary) --config \(layout.config) frontend -v --disable-panic-guard",
            "WorkingDirectory=\(layout.datastore)", "Environment=LANG=C.UTF-8",
        ] + places + [
            "UMask=0077", "Restart=always", "RestartSec=5", "TimeoutStopSec=30", "LimitNOFILE=20000",
            "MemoryMax=\(deployment.limits.memoryMB)M",
            "CPUQuota=\(Int((deployment.limits.cpus * 100).rounded()))%", "",
        ]
    }

    private var protection: [String] {
        let capabilities = "CAP_SYS_RESOURCE CAP_NET_BIND_SERVICE"
        return [
            "CapabilityBoundingSet=\(capabilities)", "AmbientCapabilities=\(capabilities)", "NoNewPrivileges=yes",
            "ProtectSystem=strict", "ReadWritePaths=\(layout.datastore) \(layout.logs)", "ProtectHome=yes",
            "PrivateTmp=yes", "ProtectControlGroups=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", "RestrictRealtime=yes",
            "RestrictSUIDSGID=yes", "LockPersonality=yes", "SystemCallArchitectures=native", "",
        ]
    }

    private var installation: [String] { ["[Install]", "WantedBy=multi-user.target"] }
}
