// SPDX-License-Identifier: Apache-2.0

public import Certificates
public import DeployerKit
internal import JSONValue

/// How long one certificate may still be used.
public struct CertificateExpiry: Sendable, Hashable {
    /// `ca`, `frontend`, `gateway` or `api.<user>`.
    public let name: String
    public let subject: String
    public let validity: Validity
    /// Whole days from the moment of the report; negative once it has expired.
    public let daysLeft: Int64
    public let status: DeploymentCheck.Status

    /// Fewer days than this are a warning; of a short-lived certificate, fewer than a third of its days.
    public static let warningDays: Int64 = 30

    public init(name: String, certificate: Certificate, at unixSeconds: Int64) {
        self.name = name
        subject = certificate.subject
        validity = certificate.validity
        let left = validity.notAfter - unixSeconds
        daysLeft = left >= 0 ? left / 86_400 : (left - 86_399) / 86_400
        let few = min(Self.warningDays * 86_400, (validity.notAfter - validity.notBefore) / 3)
        status = validity.contains(unixSeconds) ? (left < few ? .warning : .ok) : .failed
    }

    /// The same as a check, named `pki.<name>.expiry`.
    public var check: DeploymentCheck {
        let (first, last) = (
            ISO8601.string(unixSeconds: validity.notBefore), ISO8601.string(unixSeconds: validity.notAfter)
        )
        let text =
            switch status {
            case .failed where daysLeft < 0: "\(subject) expired on \(last)."
            case .failed: "\(subject) is not valid before \(first). Look at the clocks."
            default: "\(subject) is valid until \(last), \(daysLeft) more days."
            }
        return DeploymentCheck("pki.\(name).expiry", status, text)
    }
}

extension DeploymentPKI {
    /// How long each certificate may still be used, the authority first.
    public func expiries(at unixSeconds: Int64) -> [CertificateExpiry] {
        let named =
            [("ca", authority), ("frontend", frontend.certificate), ("gateway", gateway.certificate)]
            + apiClients.map { ("api.\($0.certificate.commonName ?? "")", $0.certificate) }
        return named.map { CertificateExpiry(name: $0.0, certificate: $0.1, at: unixSeconds) }
    }
}
