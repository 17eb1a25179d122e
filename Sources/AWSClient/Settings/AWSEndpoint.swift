// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Where a service listens.
public struct AWSEndpoint: Sendable, Hashable {
    /// Without a slash at its end.
    public let url: String
    /// As the `Host` field has it.
    let host: String
    /// What comes before the path of a request; often nothing.
    let path: String

    static func regional(_ service: AWSService, _ region: AWSRegion) throws(MegaraptorError) -> AWSEndpoint {
        try AWSEndpoint("https://\(service.name).\(region.name).\(region.domain)")
    }

    /// - Throws: `invalid_argument` unless it is `https`, or `http` to this machine: signed requests can be repeated by
    ///   whoever reads them, and the answers hold secrets.
    public init(_ url: String) throws(MegaraptorError) {
        let url = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let end = url.firstRange(of: "://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Self.bad("is no URL")
        }
        let (scheme, rest) = (url[..<end.lowerBound], url[end.upperBound...])
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty, !authority.contains("@"), !rest.contains("?"), !rest.contains("#") else {
            throw Self.bad("holds more than scheme, host, port and path")
        }
        guard scheme == "https" || (scheme == "http" && Self.isLoopback(Self.name(of: authority))) else {
            throw Self.bad("is not https://, and http:// is for this machine alone")
        }
        self.url = url
        // The port that the scheme means anyway is not sent, and so not signed.
        let usual = scheme == "https" ? ":443" : ":80"
        host = String(authority.hasSuffix(usual) ? authority.dropLast(usual.count) : authority)
        path = String(rest.dropFirst(authority.count))
    }

    /// Whether a host's name or address means this machine.
    static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// An authority without its port.
    static func name(of authority: Substring) -> Substring {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return authority[...end] }
        return authority.prefix { $0 != ":" }
    }

    private static func bad(_ why: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "An endpoint of AWS \(why).",
            hint: "It looks like https://host:port. See endpoint_url, AWS_ENDPOINT_URL and the profile's endpoint_url."
        )
    }
}
