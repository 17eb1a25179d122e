// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// A kind of id that stands in the addresses of resources.
enum ResourceIdentifier: Sendable {
    case client
    /// Where collections run.
    case clientOrServer
    case flow
    case hunt
    case artifact

    /// The name of its place in the addresses.
    var place: String {
        switch self {
        case .client, .clientOrServer: "client_id"
        case .flow: "flow_id"
        case .hunt: "hunt_id"
        case .artifact: "artifact_name"
        }
    }

    /// Whether `text` has the form of such an id.
    func fits(_ text: String) -> Bool {
        switch self {
        case .client:
            text.utf8.count == 18 && text.hasPrefix("C.") && text.utf8.dropFirst(2).allSatisfy(Self.isHex)
        case .clientOrServer: text == "server" || Self.client.fits(text)
        case .flow: Self.isNumbered(text, "F.", parts: 2)
        case .hunt: Self.isNumbered(text, "H.", parts: 1)
        case .artifact:
            text.utf8.count <= 200
                && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isWord)
        }
    }

    /// What such an id looks like.
    var form: String {
        switch self {
        case .client: "C. and 16 hex digits; list_clients finds it"
        case .clientOrServer: "C. and 16 hex digits, or server; list_clients finds it"
        case .flow: "F. and letters and digits; list_flows shows those of a client"
        case .hunt: "H. and letters and digits; list_hunts shows them"
        case .artifact: "words with dots between them; find_artifact finds them"
        }
    }

    /// `prefix` and up to 40 letters and digits; the ids of a hunt's flows have one more part.
    private static func isNumbered(_ text: String, _ prefix: String, parts most: Int) -> Bool {
        guard let rest = text.dropping(prefix: prefix) else { return false }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard let number = parts.first, parts.count <= most, number.utf8.count <= 40 else { return false }
        return parts.allSatisfy { isWord($0) && !$0.contains("_") }
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

extension [String: String] {
    /// The id at its place of an address.
    ///
    /// - Throws: `not_found` for what cannot be one: there is no such resource, and the server is not asked.
    func identifier(_ kind: ResourceIdentifier) throws(MegaraptorError) -> String {
        let text = self[kind.place] ?? ""
        guard kind.fits(text) else {
            throw MegaraptorError(
                .notFound,
                "`\(VisibleText.escape(text))` is no \(kind.place).",
                hint: "A \(kind.place) is \(kind.form)."
            )
        }
        return text
    }
}
