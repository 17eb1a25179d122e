// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue

/// The head of a request to a container engine.
struct GateRequest {
    private let head: [UInt8]
    /// What came with the head, and the whole body where that is small.
    private let rest: [UInt8]
    private let method: String
    private let target: String

    /// `nil` where the connection ends before.
    init?(readFrom client: Int32) {
        let end = Array("\r\n\r\n".utf8)
        var bytes: [UInt8] = []
        var place: Int?
        while place == nil {
            let part = SocketBytes.read(client)
            guard !part.isEmpty else { return nil }
            bytes += part
            place = bytes.indices.first { bytes[$0...].starts(with: end) }
        }
        head = Array(bytes[..<(place ?? 0)])
        var rest = Array(bytes[((place ?? 0) + end.count)...])
        while let length = Self.length(head), length < 1 << 16, rest.count < length {
            let part = SocketBytes.read(client)
            guard !part.isEmpty else { return nil }
            rest += part
        }
        self.rest = rest
        let line = String(decoding: head.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ")
        guard line.count == 3 else { return nil }
        (method, target) = (String(line[0]), String(line[1]))
    }

    private static func length(_ head: [UInt8]) -> Int? {
        let lines = String(decoding: head, as: UTF8.self).lowercased().split(separator: "\r\n")
        return lines.first { $0.hasPrefix("content-length:") }?.split(separator: " ").last.flatMap { Int($0) }
    }

    var isChange: Bool { method != "GET" && method != "HEAD" }

    /// Without the API's version, the query and ids; with the folder that an archive is for, or the name in the body.
    var words: String {
        let parts = target.split(separator: "?", maxSplits: 1)
        let names = parts[0].split(separator: "/").dropFirst().map { name in
            name.count == 64 && name.allSatisfy(\.isHexDigit) ? "ID" : String(name)
        }
        let folder = parts.dropFirst().first.flatMap { query in query.hasPrefix("path=") ? query.dropFirst(5) : nil }
        let name = (try? JSONValue(json: rest))?["Name"]?.stringValue.map { $0[...] }
        return "\(method) /\(names.joined(separator: "/"))\((folder ?? name).map { " \($0)" } ?? "")"
    }

    /// The same, asking the engine to end the connection behind its answer.
    var closing: [UInt8] { head + Array("\r\nConnection: close\r\n\r\n".utf8) + rest }
}

/// Reading and writing of sockets.
enum SocketBytes {
    /// Empty at the end.
    static func read(_ descriptor: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 1 << 18) { space, count in
            count = max(0, Glibc.read(descriptor, space.baseAddress, space.count))
        }
    }

    /// - Returns: whether all was taken.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return false }
            rest.removeFirst(written)
        }
        return true
    }
}
