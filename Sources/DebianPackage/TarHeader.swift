// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// The block before each file of an archive.
struct TarHeader {
    enum Kind: UInt8 {
        case file = 0x30
        case folder = 0x35
    }

    let name: String
    let mode: UInt16
    let size: Int64
    let time: Int64
    let kind: Kind

    func bytes() throws(MegaraptorError) -> [UInt8] {
        // A prefix would double the room; no path of an agent needs it.
        guard name.utf8.count <= 100 else {
            throw MegaraptorError(.invalidArgument, "The path \(name) is longer than 100 bytes.")
        }
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at place: Int) {
            block.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
        }
        put(name, at: 0)
        put(Self.octal(Int64(mode), 7), at: 100)
        put(Self.octal(0, 7), at: 108)
        put(Self.octal(0, 7), at: 116)
        put(Self.octal(size, 11), at: 124)
        put(Self.octal(time, 11), at: 136)
        // The sum is reckoned with blanks in its own place.
        put("        ", at: 148)
        block[156] = kind.rawValue
        put("ustar", at: 257)
        put("00", at: 263)
        put("root", at: 265)
        put("root", at: 297)
        put(Self.octal(block.reduce(0) { $0 + Int64($1) }, 6), at: 148)
        block[154] = 0
        block[155] = 0x20
        return block
    }

    private static func octal(_ value: Int64, _ width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
