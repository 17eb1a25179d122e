// SPDX-License-Identifier: Apache-2.0

/// Values that look random and are the same on every run, because they come from a name.
struct Invented {
    private var state: UInt64

    /// A stream of values that depends on nothing but `name`.
    init(_ name: String) {
        // FNV-1a, 64 bit: spreads short names well enough to seed SplitMix64.
        state = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func number(in range: Range<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func hex(_ digits: Int) -> String {
        text(digits, of: Self.hexDigits)
    }

    /// Characters in the alphabet of flow and hunt ids.
    mutating func identifier(_ digits: Int) -> String {
        text(digits, of: Self.base32Digits)
    }

    mutating func base64(_ digits: Int) -> String {
        text(digits, of: Self.base64Digits)
    }

    mutating func macAddress() -> String {
        // 52:54:00 is the prefix that virtual machines use.
        "52:54:00:\(hex(2)):\(hex(2)):\(hex(2))"
    }

    private mutating func text(_ count: Int, of alphabet: [Character]) -> String {
        String((0..<count).map { _ in alphabet[number(in: 0..<alphabet.count)] })
    }

    private static let hexDigits = Array("0123456789abcdef")
    private static let base32Digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV")
    private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
