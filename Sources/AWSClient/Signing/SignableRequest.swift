// SPDX-License-Identifier: Apache-2.0

/// What of a request a signature covers.
public struct SignableRequest: Sendable {
    /// What a service expects of a path.
    public enum PathRules: Sendable {
        /// `.` and `..` are resolved, and the path as it is on the wire is encoded once more: every service but S3.
        case normalizedAndEncodedAgain
        /// The path as it is on the wire: S3.
        case verbatim
    }

    public var method: String
    /// As on the wire, beginning with `/`.
    public var path: String
    /// Names and values before any encoding, in any order. A name without a value has an empty one.
    public var query: [(name: String, value: String)]
    /// All that are to be signed; `Host` must be among them.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var pathRules: PathRules

    public init(
        _ method: String,
        path: String = "/",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)],
        body: [UInt8] = [],
        pathRules: PathRules = .normalizedAndEncodedAgain
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.pathRules = pathRules
    }

    // MARK: - Canonical form

    var canonicalPath: String {
        let path = path.isEmpty ? "/" : path
        switch pathRules {
        case .verbatim: return path
        case .normalizedAndEncodedAgain: return URIEncoding.encode(Self.normalized(path), keeping: "/")
        }
    }

    /// Sorted by the encoded name, then by the encoded value.
    var canonicalQuery: String {
        let pairs = query.map { (URIEncoding.encode($0.name), URIEncoding.encode($0.value)) }
        let sorted = pairs.sorted { left, right in
            left.0 == right.0
                ? left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
                : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
        }
        return sorted.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// By lower-case name, sorted; the values of one name in their order, with runs of blanks as one.
    var canonicalHeaders: [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers { values[header.name.lowercased(), default: []].append(Self.trimmed(header.value)) }
        return values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { ($0.key, $0.value.joined(separator: ",")) }
    }

    private static func trimmed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.joined(separator: " ")
    }

    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        let pieces = path.split(separator: "/")
        for piece in pieces {
            switch piece {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(piece)
            }
        }
        let endsInFolder = path.hasSuffix("/") || pieces.last == "." || pieces.last == ".."
        let text = "/" + parts.joined(separator: "/")
        return endsInFolder && !parts.isEmpty ? text + "/" : text
    }
}
