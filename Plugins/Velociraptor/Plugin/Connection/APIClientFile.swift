// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// An API configuration as it was written down, before anything is checked.
struct APIClientFile: Sendable, Hashable {
    var origin: String
    var connection: String
    var authority: String
    var certificate: String
    var privateKey: String
    var serverName: String?
    var maxReceiveBytes: Int?
}

extension APIClientFile {
    /// `host:port` of what was written. A scheme and a slash at the end are common mistakes with only one meaning.
    func target() throws(MegaraptorError) -> String {
        var address = connection.trimmed[...]
        for scheme in ["https://", "grpc://", "tcp://"] {
            if let rest = address.dropping(prefix: scheme) { address = rest }
        }
        while address.hasSuffix("/") { address.removeLast() }
        let colon = address.lastIndex(of: ":")
        let port = colon.map { address[address.index(after: $0)...] }.flatMap { UInt16($0) } ?? 0
        let host = colon.map { address[..<$0] } ?? ""
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard port != 0, !host.isEmpty, isBracketed || !host.contains(":"), !host.contains("/") else {
            throw MegaraptorError(
                .invalidArgument,
                "The address `\(VisibleText.escape(connection))` in \(origin) is not of the form host:port.",
                hint: "For example 10.1.2.3:8001, velociraptor.example.org:8001 or [2001:db8::1]:8001."
            )
        }
        return String(address)
    }
}
