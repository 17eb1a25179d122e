// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import HTTPServer
import MegaraptorErrors

/// Starts the services of a server, each on its port.
struct ServerParts {
    private let configuration: ServerConfiguration
    private let identity: ServerIdentity
    private let accounts: AccountBook
    private let log: ServerLog
    /// What the API and the agents' port share.
    private let server: LabServer

    init(
        _ configuration: ServerConfiguration,
        _ identity: ServerIdentity,
        _ accounts: AccountBook,
        _ log: ServerLog,
        _ options: DeployedServer.Options
    ) {
        self.configuration = configuration
        self.identity = identity
        self.accounts = accounts
        self.log = log
        server = LabServer(Self.options(configuration, hasFleet: options.hasFleet))
    }

    // MARK: - The API

    func startAPI() throws(ServerFailure) -> (server: GRPCServer, port: Int) {
        let (host, port) = configuration.place("API")
        // The core tells nothing of why it cannot listen, so that is found out before.
        do throws(ListenFailure) {
            try ListeningSocket(host: host, port: port).close()
        } catch {
            throw .starting(error.description)
        }
        let service = LabService(
            Organizations(root: server),
            accounts,
            faults: { .none },
            dropConnections: {}
        )
        let server = GRPCServer(
            GRPCServerConfiguration(
                host: host.isEmpty ? "0.0.0.0" : host,
                port: port,
                certificate: identity.certificatePEM,
                privateKey: identity.privateKeyPEM,
                clientRoots: configuration.text("Client", "ca_certificate")
            )
        ) { await service.handle($0) }
        let bound: Int
        do throws(GRPCStatus) {
            bound = try server.start()
        } catch {
            throw .starting(error.details)
        }
        log.write(.info, .api, "Starting gRPC API server on \(host):\(bound) ")
        return (server, bound)
    }

    private static func options(_ configuration: ServerConfiguration, hasFleet: Bool) -> LabServer.Options {
        var organization = Organization.root
        organization.nonce = configuration.text("Client", "nonce")
        organization.serverURLs = configuration.texts("Client", "server_urls")
        organization.certificate = configuration.text("Client", "ca_certificate")
        return LabServer.Options(
            organization: organization,
            fleet: hasFleet ? .office(clients: 0) : Fleet(endpoints: [])
        )
    }

    // MARK: - The sites

    func startSites(apiPort: Int) throws(ServerFailure) -> [DeployedServer.Service: HTTPServer] {
        let tls = try tlsIdentity()
        var sites: [DeployedServer.Service: HTTPServer] = [:]
        if configuration.section("Monitoring") != nil {
            sites[.monitoring] = start(.monitoring, nil, "Launched Prometheus monitoring server on") {
                MetricsSite.answer($0)
            }
        }
        let gui = GUISite(
            accounts: accounts,
            basePath: configuration.text("GUI", "base_path"),
            allowed: configuration.texts("GUI", "allowed_cidr").compactMap(AddressRange.init),
            reachesAPI: gatewayCheck(apiPort)
        )
        let isPlainGUI = configuration.flag("GUI", "use_plain_http")
        sites[.gui] = start(.gui, isPlainGUI ? nil : tls, "GUI is ready to handle TLS requests on") {
            gui.answer($0)
        }
        let frontend = FrontendSite(certificate: identity.certificatePEM, server: server) { [log] address in
            let reason = "Client Nonce is not valid - rejecting message."
            log.write(.info, .frontend, "Rejecting request from \(address): \(reason)")
        }
        let isPlain = configuration.flag("Frontend", "use_plain_http")
        let ready = "Frontend is ready to handle client TLS requests at"
        sites[.frontend] = start(.frontend, isPlain ? nil : tls, ready) { frontend.answer($0) }
        return sites
    }

    /// Starts one site, or leaves a line in the log where its port cannot be had.
    private func start(
        _ service: DeployedServer.Service,
        _ tls: TLSIdentity?,
        _ ready: String,
        _ handler: @escaping HTTPServer.Handler
    ) -> HTTPServer? {
        let (host, port) = configuration.place(service.rawValue)
        let component: ServerLog.Component = service == .gui ? .gui : .frontend
        do throws(ListenFailure) {
            let server = try HTTPServer(host: host, port: port, identity: tls, handler: handler)
            let shown = service == .frontend ? configuration.hostname : host
            let place = service == .monitoring ? "\(shown):\(port) " : "https://\(shown):\(port)/"
            log.write(.info, component, "\(ready) \(place)")
            return server
        } catch {
            log.write(.error, component, "\(service.rawValue): \(error)")
            return nil
        }
    }

    /// The server's own certificate, or the one that the configuration names for browsers.
    private func tlsIdentity() throws(ServerFailure) -> TLSIdentity {
        var (certificate, key) = (identity.certificatePEM, identity.privateKeyPEM)
        let file = configuration.text("Frontend", "tls_certificate_filename")
        if !file.isEmpty {
            certificate = try SystemFile.contents(of: file, ServerFailure.starting)
            let keyFile = configuration.text("Frontend", "tls_private_key_filename")
            key = try SystemFile.contents(of: keyFile, ServerFailure.starting)
        }
        do throws(MegaraptorError) {
            return try TLSIdentity(certificate: certificate, privateKey: key)
        } catch {
            throw .starting(error.message)
        }
    }

    /// Whether the GUI's gateway reaches the API: it verifies the certificate by name, and dials the name that the
    /// configuration gives to others unless the API is on 127.0.0.1.
    private func gatewayCheck(_ port: Int) -> @Sendable () -> Bool {
        let isTrusted = identity.isTrusted(as: configuration.serverName)
        let host = configuration.apiAddress.host
        return { isTrusted && SocketReach.canConnect(to: host, port: port, seconds: 2) }
    }
}
