// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Functions between bytes and their encodings.
enum EncodingBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("base64encode") { call in
            .text(Data(call.arguments.string("string")?.bytes ?? []).base64EncodedString())
        },
        FunctionDefinition("base64decode") { call in
            let text = call.arguments.text("string") ?? ""
            guard let data = Data(base64Encoded: text) else { throw VQLFailure("illegal base64 data") }
            return .string(VQLString(bytes: data))
        },
        FunctionDefinition("unhex", body: unhex),
        FunctionDefinition("xor", body: xor),
        FunctionDefinition("rot13") { call in
            .string(VQLString(bytes: (call.arguments.string("string")?.bytes ?? []).map(rotated)))
        },
        FunctionDefinition("entropy") { call in .double(entropy(call.arguments.string("string")?.bytes ?? [])) },
        FunctionDefinition("utf16") { call in
            .text(String(decoding: units(call.arguments.string("string")?.bytes ?? []), as: UTF16.self))
        },
        FunctionDefinition("utf16_encode") { call in
            let units = (call.arguments.text("string") ?? "").utf16
            return .string(VQLString(bytes: units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
        },
    ]

    private static func unhex(_ call: Invocation) throws -> VQLValue {
        var digits = (call.arguments.text("string") ?? "").lowercased()
        if digits.hasPrefix("0x") { digits.removeFirst(2) }
        if digits.utf8.count % 2 == 1 { digits = "0" + digits }
        var bytes: [UInt8] = []
        var rest = Substring(digits)
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw VQLFailure("invalid hex string") }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return .string(VQLString(bytes: bytes))
    }

    private static func xor(_ call: Invocation) throws -> VQLValue {
        let key = call.arguments.string("key")?.bytes ?? []
        guard !key.isEmpty else { throw VQLFailure("key cannot be empty") }
        let bytes = call.arguments.string("string")?.bytes ?? []
        return .string(VQLString(bytes: bytes.enumerated().map { $1 ^ key[$0 % key.count] }))
    }

    private static func rotated(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): (byte - UInt8(ascii: "a") + 13) % 26 + UInt8(ascii: "a")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): (byte - UInt8(ascii: "A") + 13) % 26 + UInt8(ascii: "A")
        default: byte
        }
    }

    /// Bits per byte.
    private static func entropy(_ bytes: [UInt8]) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        return counts.filter { $0 > 0 }.reduce(0) { sum, count in
            let share = Double(count) / Double(bytes.count)
            return sum - share * log2(share)
        }
    }

    /// Little-endian units; an odd last byte is dropped.
    private static func units(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count - bytes.count % 2, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
    }
}
