// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// What `clients(search=…)` looks for: `host:`, `label:`, `ip:`, `mac:`, `recent:`, `all`, or the name or id
/// of a client.
///
/// `*` stands for any text and letters match in either case.
struct ClientSearch: Sendable {
    private enum Subject: Sendable {
        case everything
        case nothing
        case host(Pattern)
        case label(Pattern)
        case withoutLabels
        case address(Pattern)
        case macAddress(Pattern)
        case anything(Pattern)
        case identifier(String)
    }

    private let subject: Subject

    static let all = ClientSearch(subject: .everything)

    private init(subject: Subject) { self.subject = subject }

    /// One client by its id.
    init(client id: String) { subject = .identifier(id) }

    /// - Throws: ``VQLFailure`` for an operator that the server does not know.
    init(_ text: String) throws {
        guard let colon = text.firstIndex(of: ":") else {
            subject = text.isEmpty || text == "all" ? .everything : .anything(Pattern(text))
            return
        }
        let word = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "host": subject = .host(Pattern(word))
        case "label": subject = word == "none" ? .withoutLabels : .label(Pattern(word))
        case "ip": subject = .address(Pattern(word))
        case "mac": subject = .macAddress(Pattern(word))
        // What the user looked at in the web interface, which an API user never does.
        case "recent": subject = .nothing
        default: throw VQLFailure("Invalid search operator \(text[..<colon])")
        }
    }

    /// The one client that is looked for, where it is just one.
    var identifier: String? {
        guard case .identifier(let id) = subject else { return nil }
        return id
    }

    func accepts(_ record: ClientRecord) -> Bool {
        switch subject {
        case .everything: true
        case .nothing: false
        case .identifier(let id): record.id == id
        case .host(let pattern): pattern.matches(record.endpoint?.hostname) || pattern.matches(record.endpoint?.fqdn)
        case .label(let pattern): record.labels.contains { pattern.matches($0) }
        case .withoutLabels: record.labels.isEmpty
        case .address(let pattern): pattern.matches(record.endpoint?.address)
        case .macAddress(let pattern): record.endpoint?.macAddresses.contains { pattern.matches($0) } ?? false
        case .anything(let pattern):
            pattern.matches(record.id) || pattern.matches(record.endpoint?.hostname)
                || pattern.matches(record.endpoint?.fqdn)
        }
    }
}

extension ClientSearch {
    /// A word with `*` for any text. Without one it must be the whole text.
    struct Pattern: Sendable {
        private let parts: [String]

        init(_ text: String) {
            parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        }

        func matches(_ text: String?) -> Bool {
            guard var rest = text?.lowercased()[...], let first = parts.first, let last = parts.last else {
                return false
            }
            guard parts.count > 1 else { return rest == first[...] }
            guard rest.hasPrefix(first) else { return false }
            rest.removeFirst(first.count)
            for part in parts.dropFirst().dropLast() {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return rest.hasSuffix(last)
        }
    }
}

extension Substring {
    /// The first place where `part` stands.
    fileprivate func firstRange(of part: String) -> Range<Index>? {
        if part.isEmpty { return startIndex..<startIndex }
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(part) { return place..<index(place, offsetBy: part.count) }
            place = index(after: place)
        }
        return nil
    }
}
