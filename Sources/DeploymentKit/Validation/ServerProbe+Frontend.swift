// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import DeployerKit
internal import HTTPTransport
internal import MegaraptorErrors

extension ServerProbe {
    /// The port for agents: its TLS, that it gives out the server's certificate, whether that is the one of the deployment,
    /// and how long it is valid. Always the checks `frontend.tls`, `frontend.server_pem` and `frontend.certificate`.
    ///
    /// - Parameter expected: the certificate that the deployment's files hold.
    public func frontend(expecting expected: Certificate?, at unixSeconds: Int64) async -> [DeploymentCheck] {
        let (tls, served, age) = ("frontend.tls", "frontend.server_pem", "frontend.certificate")
        do throws(MegaraptorError) {
            let response = try await get("/server.pem")
            guard response.status == 200 else {
                let text = "GET /server.pem answers with HTTP \(response.status) instead of the server's certificate."
                return [
                    proven(tls), DeploymentCheck(served, .failed, text),
                    unknown(age, "There is no certificate to read."),
                ]
            }
            return [proven(tls)] + certificate(response, expected, unixSeconds, served, age)
        } catch {
            let reason = "Nothing can be asked before TLS works."
            return [failed(tls, error), unknown(served, reason), unknown(age, reason)]
        }
    }

    private func certificate(
        _ response: HTTPResponse,
        _ expected: Certificate?,
        _ unixSeconds: Int64,
        _ served: String,
        _ age: String
    ) -> [DeploymentCheck] {
        guard let certificate = try? Certificate(pem: response.body) else {
            let text = "GET /server.pem answers, but not with a certificate."
            return [DeploymentCheck(served, .failed, text), unknown(age, "There is no certificate to read.")]
        }
        let expiry = CertificateExpiry(name: "frontend", certificate: certificate, at: unixSeconds).check
        let check = DeploymentCheck(age, expiry.status, expiry.message)
        guard let expected, expected != certificate else {
            return [DeploymentCheck(served, .ok, "GET /server.pem gives the server's certificate."), check]
        }
        let text =
            "The running server uses another certificate (SHA-256 \(certificate.fingerprint)) than the deployment's files "
            + "hold (SHA-256 \(expected.fingerprint)). It may not have been restarted since a rotation."
        return [DeploymentCheck(served, .warning, text), check]
    }

    func unknown(_ name: String, _ reason: String) -> DeploymentCheck { DeploymentCheck(name, .unknown, reason) }
}
