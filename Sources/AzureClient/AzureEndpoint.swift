// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// An address that tokens or secrets are sent to: TLS, or this machine.
struct AzureEndpoint: Sendable, Hashable {
    /// Without a slash at its end.
    let url: String
    /// With the port where one is given, in lower case.
    let host: String

    /// - Parameter what: names it in errors.
    init(_ text: String, _ what: String) throws(MegaraptorError) {
        // Where tokens come from is often written as a host alone.
        var url = text.contains("://") ? text : "https://\(text)"
        while url.hasSuffix("/") { url.removeLast() }
        guard let host = Self.host(of: url), !host.contains("@"), !url.contains("?"), !url.contains("#") else {
            throw MegaraptorError(.invalidArgument, "The \(what) is no address such as https://host.")
        }
        guard url.hasPrefix("https://") || Self.isLoopback(host) else {
            throw MegaraptorError(
                .invalidArgument,
                "The \(what) \(url) is without TLS, so tokens would be readable on the way.",
                hint: "Use https://. Only this machine itself may be asked by http://."
            )
        }
        self.url = url
        self.host = host
    }

    /// What stands between the scheme and the path, in lower case; `nil` for anything but http and https.
    static func host(of url: String) -> String? {
        let lower = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        let host = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return host.isEmpty ? nil : String(host)
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host.hasPrefix("[") { return host == "[::1]" || host.hasPrefix("[::1]:") }
        let name = host.prefix { $0 != ":" }
        if name == "localhost" { return true }
        // Numbers alone, or 127.example.org would be taken for this machine.
        return name.hasPrefix("127.") && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    }
}
