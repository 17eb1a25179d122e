// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol

extension RequestParams {
    /// The longest address of a resource, in bytes.
    private static let longestURI = 8192

    /// The parameter `uri`, checked to be an absolute URI of printable ASCII.
    func requiredURI() throws(RPCError) -> String {
        let uri = try requiredString("uri")
        let bytes = uri.utf8
        guard bytes.count <= Self.longestURI, bytes.allSatisfy(Self.mayStandInURI), Self.hasScheme(uri) else {
            throw .invalidParams("uri is not a valid URI")
        }
        return uri
    }

    /// RFC 3986 with `{` and `}`, so that a template sent as it is gets the answer "no such resource".
    private static func mayStandInURI(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x7F...0xFF: false
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"): false
        case UInt8(ascii: "`"), UInt8(ascii: "|"): false
        default: true
        }
    }

    private static func hasScheme(_ uri: String) -> Bool {
        guard let colon = uri.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = uri.utf8[..<colon]
        guard let first = scheme.first, (first | 0x20) >= UInt8(ascii: "a"), (first | 0x20) <= UInt8(ascii: "z") else {
            return false
        }
        return scheme.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            }
        }
    }
}

extension RPCError {
    static func unknownResource(_ uri: String, in version: ProtocolVersion) -> RPCError {
        RPCError(version.resourceNotFoundCode, "Resource not found", data: ["uri": .string(uri)])
    }
}
