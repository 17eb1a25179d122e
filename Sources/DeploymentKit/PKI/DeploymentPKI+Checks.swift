// SPDX-License-Identifier: Apache-2.0

internal import Certificates
public import DeployerKit
public import MegaraptorErrors

extension DeploymentPKI {
    /// What is wrong with the certificates, or that nothing is: names, purposes, keys, signatures and dates, two checks for
    /// each certificate.
    ///
    /// The server itself starts with some of these faults, and then agents, the GUI or API clients fail one by one. So this is
    /// asked before anything is written.
    public func checks(at unixSeconds: Int64) throws(MegaraptorError) -> [DeploymentCheck] {
        var checks = [verdict("pki.ca", authority, try authorityFaults())]
        checks.append(verdict("pki.frontend", frontend.certificate, try frontendFaults()))
        checks.append(verdict("pki.gateway", gateway.certificate, try gatewayFaults()))
        for client in apiClients {
            let name = client.certificate.commonName ?? ""
            checks.append(verdict("pki.api.\(name)", client.certificate, try clientFaults(client)))
        }
        return checks + expiries(at: unixSeconds).map(\.check)
    }

    /// - Throws: `failedPrecondition` with all that ``checks(at:)`` finds to have failed.
    public func requireSound(at unixSeconds: Int64) throws(MegaraptorError) {
        let failed = try checks(at: unixSeconds).filter { $0.status == .failed }
        guard !failed.isEmpty else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "These certificates cannot work: " + failed.map { "\($0.name): \($0.message)" }.joined(separator: " "),
            hint: "Reissue them with the deployment's authority."
        )
    }

    private func verdict(_ name: String, _ certificate: Certificate, _ faults: [String]) -> DeploymentCheck {
        guard faults.isEmpty else { return DeploymentCheck(name, .failed, faults.joined(separator: " ")) }
        return DeploymentCheck(name, .ok, "\(certificate.subject) is signed and named as it must be.")
    }

    private func authorityFaults() throws(MegaraptorError) -> [String] {
        var faults: [String] = []
        if !authority.isCA { faults.append("It may not sign certificates.") }
        if try !authority.isSigned(by: authority) { faults.append("It has not signed itself.") }
        return faults
    }

    private func frontendFaults() throws(MegaraptorError) -> [String] {
        var faults = try leafFaults(frontend, needs: .server)
        let (name, certificate) = (UserName.server, frontend.certificate)
        if certificate.commonName != name {
            faults.append("Its common name is \"\(certificate.commonName ?? "")\", and agents accept only \(name).")
        }
        if !certificate.dnsNames.contains(name) {
            faults.append("Its alternative names lack \(name), so the GUI cannot reach the API.")
        }
        if !frontend.key.isRSA { faults.append("Its key is \(frontend.key.kind), and the server takes only RSA.") }
        return faults
    }

    private func gatewayFaults() throws(MegaraptorError) -> [String] {
        var faults = try leafFaults(gateway, needs: .server)
        let name = gateway.certificate.commonName ?? ""
        if name.isEmpty { faults.append("It has no common name.") }
        if apiClients.contains(where: { $0.certificate.commonName == name }) {
            faults.append("Its common name \(name) is also an API client's, who would not be found as a user.")
        }
        return faults
    }

    private func clientFaults(_ client: Identity) throws(MegaraptorError) -> [String] {
        var faults = try leafFaults(client, needs: .client)
        if let purposes = client.certificate.purposes, !purposes.contains(.server) {
            faults.append("It is not for servers too: the server would answer every query \"Must set a username\".")
        }
        do { _ = try UserName(client.certificate.commonName ?? "") } catch { faults.append(error.message) }
        return faults
    }

    private func leafFaults(
        _ identity: Identity,
        needs purpose: CertificateRequest.Purpose
    ) throws(MegaraptorError) -> [String] {
        var faults: [String] = []
        let certificate = identity.certificate
        if try !certificate.isSigned(by: authority) {
            var signer = "The authority has not signed it."
            for former in formerAuthorities where try certificate.isSigned(by: former) {
                signer = "A former authority has signed it, not this one."
            }
            faults.append(signer)
        }
        if try !certificate.matches(identity.key) { faults.append("Its key is another one's.") }
        if certificate.isCA { faults.append("It may sign certificates, which none but the authority should.") }
        if let purposes = certificate.purposes, !purposes.contains(purpose) {
            faults.append("It is not for TLS \(purpose == .server ? "servers" : "clients").")
        }
        if !certificate.maySign { faults.append("Its key usage lacks digitalSignature, which gRPC needs.") }
        return faults
    }
}
