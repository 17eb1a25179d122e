// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
public import JSONValue
package import MegaraptorErrors

/// A place in the chain: a record's number and its hash, which stands for all records before it too.
public struct AuditPosition: Sendable, Hashable {
    public var seq: Int64
    /// 64 hexadecimal digits.
    public var hash: String

    /// Before the first record.
    public static let start = AuditPosition(seq: 0, hash: String(repeating: "0", count: 64))

    var json: JSONValue { ["seq": .integer(seq), "hash": .string(hash)] }

    package init(seq: Int64, hash: String) {
        (self.seq, self.hash) = (seq, hash)
    }

    package init?(json: JSONValue?) {
        guard let seq = json?["seq"]?.integerValue, let hash = json?["hash"]?.stringValue else { return nil }
        self.init(seq: seq, hash: hash)
    }
}

/// One line of the log: an object that begins with `seq` and `time` and ends with `prev` and `hash`.
///
/// `hash` is the SHA-256 of the line's own bytes without that member, so that `sed` and `sha256sum` can check it.
public struct AuditRecord: Sendable {
    public let fields: JSONObject
    public let position: AuditPosition
    package let prev: String

    public var kind: String { fields["kind"]?.stringValue ?? "" }

    private static let hashSize = #","hash":""}"#.utf8.count + 64

    /// The line, with its line feed, and its place in the chain.
    static func line(
        _ fields: JSONObject,
        time: String,
        after last: AuditPosition
    ) throws(MegaraptorError) -> (bytes: [UInt8], position: AuditPosition) {
        var object: JSONObject = ["seq": .integer(last.seq + 1), "time": .string(time)]
        for (key, value) in fields { object[key] = value }
        object["prev"] = .string(last.hash)
        var bytes = JSONValue.object(object).jsonBytes()
        let hash = Hexadecimal.encode(try SHA256.digest(bytes))
        bytes.removeLast()
        bytes += #","hash":"\#(hash)"}"#.utf8
        bytes.append(UInt8(ascii: "\n"))
        return (bytes, AuditPosition(seq: last.seq + 1, hash: hash))
    }

    /// Reads a line without its line feed.
    /// - Returns: `nil` where it is not to the byte what was written once.
    package init?(line: ArraySlice<UInt8>) throws(MegaraptorError) {
        guard line.count > Self.hashSize else { return nil }
        let body = line.dropLast(Self.hashSize) + [UInt8(ascii: "}")]
        let hash = Hexadecimal.encode(try SHA256.digest(Array(body)))
        guard line.suffix(Self.hashSize).elementsEqual(#","hash":"\#(hash)"}"#.utf8) else { return nil }
        do {
            let json = try JSONValue(json: line)
            guard let fields = json.objectValue, let position = AuditPosition(json: json),
                let prev = json["prev"]?.stringValue
            else { return nil }
            (self.fields, self.position, self.prev) = (fields, position, prev)
        } catch {
            return nil
        }
    }

    /// Whether this record was written right after that one.
    package func follows(_ last: AuditPosition) -> Bool { prev == last.hash && position.seq == last.seq + 1 }
}
