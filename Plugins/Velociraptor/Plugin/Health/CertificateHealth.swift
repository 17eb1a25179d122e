// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Whether key, certificate and authority fit each other and are valid. Each is judged as far as it can be read.
struct CertificateHealth {
    let file: APIClientFile
    /// Seconds since 1970.
    let now: Int64

    private var parts: ConfigurationParts { ConfigurationParts(file) }

    func look(_ findings: inout HealthFindings) {
        let client: Certificate
        do throws(MegaraptorError) {
            client = try parts.client()
            _ = try parts.key(of: client)
            findings.add(.key, .ok, "The private key belongs to the certificate of `\(Self.name(client))`.")
        } catch {
            return findings.add(.key, failure: error)
        }
        lookAtValidity(of: client, &findings)
        lookAtAuthority(of: client, &findings)
    }

    private static func name(_ certificate: Certificate) -> String {
        VisibleText.escape(certificate.commonName ?? certificate.subject)
    }

    private func lookAtValidity(of client: Certificate, _ findings: inout HealthFindings) {
        do throws(MegaraptorError) {
            try parts.check(.client, client.validity, now)
        } catch {
            return findings.add(.certificate, failure: error)
        }
        let text = "The client_cert is valid until \(until(client.validity))."
        if isNearItsEnd(client.validity) {
            findings.add(.certificate, .warning, text, fix: ConfigurationParts.renewal)
        } else {
            findings.add(.certificate, .ok, text)
        }
    }

    private func lookAtAuthority(of client: Certificate, _ findings: inout HealthFindings) {
        do throws(MegaraptorError) {
            let authorities = try parts.authorities()
            for authority in authorities { try parts.check(.authority, authority.validity, now) }
            guard try parts.isSigned(client, by: authorities) else {
                // The server may trust both all the same: it is asked next.
                return findings.add(
                    .authority,
                    .warning,
                    "The client_cert in \(file.origin) is not signed by the ca_certificate beside it.",
                    fix: "The file may mix two installations. \(ConfigurationParts.renewal)"
                )
            }
            let first = authorities.map(\.validity).min { $0.notAfter < $1.notAfter } ?? client.validity
            let text = "The ca_certificate has signed the client_cert and is valid until \(until(first))."
            findings.add(.authority, isNearItsEnd(first) ? .warning : .ok, text, fix: fix(first))
        } catch {
            findings.add(.authority, failure: error)
        }
    }

    private func fix(_ validity: Validity) -> String? {
        isNearItsEnd(validity) ? "Renew the server's authority, then make every API key anew." : nil
    }

    private func isNearItsEnd(_ validity: Validity) -> Bool {
        validity.notAfter - now < ConfigurationParts.renewalTime
    }

    private func until(_ validity: Validity) -> String {
        let days = (validity.notAfter - now) / 86_400
        return "\(ISO8601.string(unixSeconds: validity.notAfter)), for \(days) more \(days == 1 ? "day" : "days")"
    }
}
