// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A request as far as a gate has read it.
struct GateRequest {
    private let head: [UInt8]
    /// What came with the head, and the whole body where that is small.
    let rest: [UInt8]
    let method: String
    let target: String

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
        while let length = Self.length(head), length < 1 << 18, rest.count < length {
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

    func header(_ name: String) -> String? {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").dropFirst()
        let line = lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        return line?.drop { $0 != ":" }.dropFirst().trimmingPrefix { $0 == " " }.description
    }

    /// The same, asking the engine to end the connection behind its answer.
    var closing: [UInt8] { head + Array("\r\nConnection: close\r\n\r\n".utf8) + rest }
}
