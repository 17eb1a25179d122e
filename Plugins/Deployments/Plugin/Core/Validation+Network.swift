// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import HTTPTransport
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

extension Validation {
    /// What agents, browsers and strangers on the network find.
    func networkChecks(
        _ record: DeploymentRecord,
        _ files: ServerFiles
    ) async throws(MegaraptorError) -> [DeploymentCheck] {
        let specification = record.specification
        let pki = try files.pki()
        let isHere = try HostName(specification.hostname).isLoopback
        var checks: [DeploymentCheck] = []
        if let probe = try probe(specification.frontend, record, pki.authority, isHere) {
            checks += await probe.frontend(expecting: pki.frontend.certificate, at: Moment.now.unixSeconds)
        } else {
            checks.append(Self.closed("frontend.tls", "The frontend"))
        }
        if let probe = try probe(specification.gui, record, pki.authority, isHere) {
            checks += await probe.gui()
            checks += try await login(probe, record)
        } else {
            checks.append(Self.closed("gui.tls", "The GUI"))
        }
        return checks + (isHere ? try Self.exposure(specification) : [])
    }

    /// `nil` where a port listens only on the server itself and this is another machine.
    private func probe(
        _ endpoint: DeploymentSpecification.Endpoint,
        _ record: DeploymentRecord,
        _ authority: Certificate,
        _ isHere: Bool
    ) throws(MegaraptorError) -> ServerProbe? {
        let listens = try HostName(endpoint.address)
        guard isHere || !listens.isLoopback else { return nil }
        let isEverywhere = endpoint.address == "0.0.0.0" || endpoint.address == "::"
        let host =
            isHere && isEverywhere ? "127.0.0.1" : isEverywhere ? record.specification.hostname : endpoint.address
        let name = try HostName(record.specification.hostname)
        let trust: ServerTarget.Trust =
            try ServerFiles.serving(record) == .ownAuthority ? .authority(authority) : .system(name)
        let address = HTTPAddress(host: host, port: UInt16(clamping: endpoint.port))
        return ServerProbe(ServerTarget(address: address, trust: trust))
    }

    private func login(_ probe: ServerProbe, _ record: DeploymentRecord) async throws(MegaraptorError)
        -> [DeploymentCheck]
    {
        guard let name = record.secrets[SecretNames.adminPassword] else {
            return [DeploymentCheck("gui.login", .unknown, "The administrator's password is not kept.")]
        }
        do throws(MegaraptorError) {
            let password = try await core.host.secret(name).text
            return await probe.login(HTTPBasicCredentials(user: record.administrator, password: password))
        } catch {
            guard error.code == .notFound else { throw error }
            return [DeploymentCheck("gui.login", .unknown, "The secret \(name) is not kept any more.")]
        }
    }

    private static func exposure(_ specification: DeploymentSpecification) throws(MegaraptorError) -> [DeploymentCheck]
    {
        let ports = try ListeningPorts.current()
        return [
            ports.exposure("agents", specification.frontend), ports.exposure("gui", specification.gui),
            ports.exposure("api", specification.api),
        ]
    }

    private static func closed(_ name: String, _ what: String) -> DeploymentCheck {
        DeploymentCheck(
            name,
            .unknown,
            "\(what) listens only on the server itself, so that it cannot be asked from here."
        )
    }
}
