// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import LinuxServer
public import MegaraptorErrors

/// What a server in a cloud looks like, whichever cloud it is.
public struct ServerShape: Sendable {
    public let deployment: DeploymentSpecification
    public let options: CloudOptions
    public let program: ProgramSource
    /// All ports, those that nobody reaches too.
    public let ports: [OpenPort]

    public init(_ deployment: DeploymentSpecification, _ options: CloudOptions) throws(MegaraptorError) {
        self.deployment = deployment
        self.options = options
        program = try ProgramSource(deployment, options)
        ports = [
            OpenPort(purpose: .agents, port: deployment.frontend.port, ranges: try options.ranges(options.agentRanges)),
            OpenPort(purpose: .gui, port: deployment.gui.port, ranges: try options.ranges(options.guiRanges)),
            OpenPort(purpose: .api, port: deployment.api.port, ranges: try options.ranges(options.apiRanges)),
            OpenPort(purpose: .ssh, port: 22, ranges: try options.ranges(options.sshRanges)),
        ]
    }

    /// Where things lie on the machine.
    public static let paths = InstallLayout(
        binary: "/usr/local/bin/velociraptor-server",
        configFolder: "/etc/velociraptor",
        datastore: "/opt/velociraptor",
        logs: "/var/log/velociraptor",
        unitFolder: "/etc/systemd/system",
        service: "velociraptor_server",
        user: "velociraptor"
    )

    /// Where the boot script puts a certificate of one's own.
    public static let certificate = (
        chain: "/etc/velociraptor/tls/certificate.pem", key: "/etc/velociraptor/tls/key.pem"
    )

    public var openPorts: [OpenPort] { ports.filter { !$0.ranges.isEmpty } }

    public func isOpen(_ purpose: OpenPort.Purpose) -> Bool { openPorts.contains { $0.purpose == purpose } }

    public var unit: UnitFile { UnitFile(deployment: deployment, layout: Self.paths, needsMount: true) }

    /// How the server's own configuration has to bind: on all addresses only what somebody may reach from outside.
    public var layout: ServerLayout {
        let loopback = "127.0.0.1"
        func bound(_ endpoint: DeploymentSpecification.Endpoint, _ purpose: OpenPort.Purpose)
            -> DeploymentSpecification.Endpoint
        {
            .init(address: isOpen(purpose) ? "0.0.0.0" : loopback, port: endpoint.port)
        }
        return ServerLayout(
            datastore: Self.paths.datastore,
            logs: Self.paths.logs,
            configuration: Self.paths.config,
            runAsUser: Self.paths.user,
            frontend: .init(address: "0.0.0.0", port: deployment.frontend.port),
            gui: bound(deployment.gui, .gui),
            api: bound(deployment.api, .api),
            monitoring: .init(address: loopback, port: deployment.monitoringPort)
        )
    }

    /// Room for about 100 MB of each agent that the profile is made for.
    public var diskGB: Int {
        options.diskGB ?? deployment.limits.maxClients.map { max(50, $0 / 10) } ?? 500
    }

    /// As long as the profile keeps logs.
    public var backupDays: Int { options.backupDays ?? deployment.limits.logRetentionDays }

    public func size(of table: [MachineSize]) throws(MegaraptorError) -> MachineSize {
        guard let size = MachineSize.smallest(of: table, for: deployment.limits, program.architecture) else {
            throw MegaraptorError(
                .failedPrecondition,
                "No size is known that holds \(deployment.limits.memoryMB) MB and \(deployment.limits.cpus) CPUs.",
                hint: "Give instance_type."
            )
        }
        return size
    }
}
