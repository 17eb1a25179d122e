// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Where an engine listens.
enum EngineAddress: Sendable, Hashable {
    case unix(path: String)
    case tls(host: String, port: UInt16)
    /// The socket's path is one of the remote machine.
    case ssh(user: String?, host: String, port: UInt16?, path: String)

    static let defaultSocket = "/var/run/docker.sock"

    /// Reads an address as `DOCKER_HOST` has it.
    init(_ text: String) throws(MegaraptorError) {
        guard let mark = text.firstRange(of: "://") else { throw Self.unreadable(text) }
        let rest = text[mark.upperBound...]
        switch text[..<mark.lowerBound] {
        case "unix":
            guard rest.hasPrefix("/"), rest.utf8.count < 108, !rest.utf8.contains(0) else {
                throw Self.unreadable(text)
            }
            self = .unix(path: String(rest))
        case "tcp", "https": self = try Self.tcp(rest, text)
        case "ssh": self = try Self.ssh(rest, text)
        default: throw Self.unreadable(text)
        }
    }

    private static func tcp(_ rest: Substring, _ text: String) throws(MegaraptorError) -> EngineAddress {
        guard let (host, port) = hostAndPort(rest.hasSuffix("/") ? rest.dropLast() : rest), !host.contains("@") else {
            throw unreadable(text)
        }
        return .tls(host: host, port: port ?? 2376)
    }

    private static func ssh(_ rest: Substring, _ text: String) throws(MegaraptorError) -> EngineAddress {
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let path = rest[slash...].count > 1 ? String(rest[slash...]) : defaultSocket
        let parts = rest[..<slash].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = parts.last, let (host, port) = hostAndPort(last) else { throw unreadable(text) }
        let user = parts.count == 2 ? String(parts[0]) : nil
        // What begins with a dash would be an option to ssh; a password has no place here.
        for name in [user, host].compactMap({ $0 }) {
            guard !name.isEmpty, !name.hasPrefix("-"), name.utf8.allSatisfy(isNameByte) else { throw unreadable(text) }
        }
        guard path.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: "/") }) else { throw unreadable(text) }
        return .ssh(user: user, host: host, port: port, path: path)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func hostAndPort(_ text: Substring) -> (String, UInt16?)? {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let rest = text[text.index(after: end)...]
            let host = String(text[text.index(after: text.startIndex)..<end])
            if rest.isEmpty { return (host, nil) }
            guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()) else { return nil }
            return (host, port)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, !host.contains("/") else { return nil }
        if parts.count == 1 { return (String(host), nil) }
        guard parts.count == 2, let port = UInt16(parts[1]), port > 0 else { return nil }
        return (String(host), port)
    }

    private static func unreadable(_ text: String) -> MegaraptorError {
        // What stands before an @ may be a password.
        let shown = text.contains("@") ? "…\(text.split(separator: "@").last ?? "")" : text
        return MegaraptorError(
            .invalidArgument,
            "\"\(shown)\" is no address of a container engine.",
            hint: "Give unix:///path/to/socket, tcp://host:2376 (with TLS), or ssh://user@host."
        )
    }
}

extension EngineAddress: CustomStringConvertible {
    var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tls(let host, let port): "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .ssh(let user, let host, let port, let path):
            "ssh://\(user.map { "\($0)@" } ?? "")\(host)\(port.map { ":\($0)" } ?? "")\(path)"
        }
    }

    /// By which address of this machine what the engine publishes can be reached; `nil` where it cannot.
    func reach(_ published: String) -> String? {
        let isEverywhere = published == "0.0.0.0" || published == "::"
        switch self {
        case .unix: return isEverywhere ? "127.0.0.1" : published
        case .tls(let host, _), .ssh(_, let host, _, _):
            if isEverywhere { return host }
            return published.hasPrefix("127.") || published == "::1" ? nil : published
        }
    }

    var isLocal: Bool {
        if case .unix = self { true } else { false }
    }
}
