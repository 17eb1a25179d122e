// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import MegaraptorErrors

/// Addresses at which machines and containers find their own credentials without TLS.
enum MetadataAddress {
    /// Those of ECS, EKS and EC2, which leave no machine.
    private static let linkLocal: Set<Substring> = [
        "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "169.254.169.254", "[fd00:ec2::254]",
    ]

    /// - Throws: `permission_denied` for another host without TLS: whoever hears the answer has the credentials.
    static func check(_ url: String, _ variable: String) throws(MegaraptorError) {
        if url.hasPrefix("https://") { return }
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = AWSEndpoint.name(of: authority)
        guard url.hasPrefix("http://"), linkLocal.contains(host) || AWSEndpoint.isLoopback(host) else {
            throw MegaraptorError(
                .permissionDenied,
                "\(variable) names a place from which credentials are not taken without TLS.",
                hint: "Use https://, this machine's loopback, or the addresses of ECS and EKS."
            )
        }
    }

    /// They answer at once or never, and no proxy reaches them.
    static let client = HTTPClient(usesProxy: false)
    static let limits = HTTPTimeLimits(connect: .seconds(1), total: .seconds(5), idle: .seconds(5))
}
