// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import HTTPTransport
internal import MegaraptorErrors

/// Asks a running server from outside, as agents and people would. Changes nothing. A check that cannot be made is `unknown` and
/// never `ok`.
public struct ServerProbe: Sendable {
    public let target: ServerTarget
    /// For one question.
    public var limits: HTTPTimeLimits

    /// The largest answer that is read.
    private static let greatestBody: Int64 = 4 << 20

    public init(
        _ target: ServerTarget,
        limits: HTTPTimeLimits = HTTPTimeLimits(connect: .seconds(5), total: .seconds(15))
    ) {
        self.target = target
        self.limits = limits
    }

    func get(_ path: String, as basic: HTTPBasicCredentials? = nil) async throws(MegaraptorError) -> HTTPResponse {
        let request = HTTPRequest(
            "GET",
            target.url(path),
            limits: limits,
            greatestBody: Self.greatestBody,
            basic: basic
        )
        return try await target.client().send(request)
    }

    // MARK: - What a failure means

    /// The check of TLS where a request has failed: without an answer nothing is known of the rest.
    func failed(_ name: String, _ error: MegaraptorError) -> DeploymentCheck {
        let place = "\(target.address.host), port \(target.address.port)"
        switch error.code {
        case .unauthenticated:
            return DeploymentCheck(name, .failed, "\(place) does not prove to be \(target.name): \(error.message)")
        case .unavailable, .deadlineExceeded:
            return DeploymentCheck(name, .failed, "\(place) does not answer: \(error.message)")
        default: return DeploymentCheck(name, .unknown, "\(place) could not be asked: \(error.message)")
        }
    }

    func proven(_ name: String) -> DeploymentCheck {
        let signer =
            switch target.trust {
            case .authority: "the deployment's own CA"
            case .system: "a CA that this machine trusts"
            case .pem: "the given CA"
            }
        return DeploymentCheck(
            name,
            .ok,
            "The server proves to be \(target.name) with a certificate signed by \(signer)."
        )
    }
}
