// SPDX-License-Identifier: Apache-2.0

/// An RFC 6570 template of level 1, read backwards: from an address to the values of its places.
struct URITemplate: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case place(String)
    }

    private let parts: [Part]

    init(_ template: String) {
        var parts: [Part] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.literal(Array(rest[..<open].utf8))) }
            parts.append(.place(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        self.parts = parts
    }

    /// The places' values if `uri` was made from this template.
    func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = Array(uri.utf8)[...]
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let bytes):
                guard rest.starts(with: bytes) else { return nil }
                rest = rest.dropFirst(bytes.count)
            case .place(let name):
                let end = endOfPlace(in: rest, before: index + 1 < parts.count ? parts[index + 1] : nil)
                guard end > rest.startIndex, let value = Self.decode(rest[..<end]) else { return nil }
                values[name] = value
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    private func endOfPlace(in rest: ArraySlice<UInt8>, before next: Part?) -> Int {
        var end = rest.startIndex
        let stop: UInt8? = if case .literal(let bytes)? = next { bytes.first } else { nil }
        while end < rest.endIndex, rest[end] != UInt8(ascii: "/"), rest[end] != stop { end += 1 }
        return end
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "%") else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.endIndex, let high = hexDigit(bytes[index + 1]),
                let low = hexDigit(bytes[index + 2])
            else { return nil }
            decoded.append(high << 4 | low)
            index += 3
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
