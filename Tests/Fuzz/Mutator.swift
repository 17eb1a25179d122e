// SPDX-License-Identifier: Apache-2.0

/// Makes the bytes of a case from its number: the same everywhere and for ever.
struct Mutator {
    private var random: SplitMix
    private let target: any FuzzTarget
    private let seeds: [[UInt8]]

    private static let longest = 1 << 17

    static func bytes(_ target: any FuzzTarget, seed: UInt64, number: Int) -> [UInt8] {
        let salt = target.name.utf8.reduce(seed &* 0x9E37_79B9_7F4A_7C15) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var mutator = Mutator(random: SplitMix(state: salt &+ UInt64(number) &* 0xD134_2543_DE82_EF95), target: target)
        return mutator.make()
    }

    private init(random: SplitMix, target: any FuzzTarget) {
        self.random = random
        self.target = target
        seeds = target.seeds
    }

    private mutating func make() -> [UInt8] {
        var bytes = pick(seeds)
        for _ in 0...random.below(6) {
            mutate(&bytes)
            if bytes.count > Self.longest { bytes.removeLast(bytes.count - Self.longest) }
        }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = random.below(bytes.count + 1)
        switch random.below(12) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
        case 1: if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
        case 2: bytes.insert(UInt8(random.below(256)), at: place)
        case 3: bytes.removeSubrange(slice(of: bytes))
        case 4: bytes.insert(contentsOf: bytes[slice(of: bytes)], at: place)
        case 5: bytes = Array(bytes[..<place])
        case 6: bytes.insert(contentsOf: pick(target.words).utf8, at: place)
        case 7: bytes.replaceSubrange(slice(of: bytes, atMost: 16), with: pick(target.words).utf8)
        case 8: bytes = Array(bytes[..<place]) + splice()
        case 9: bytes.replaceSubrange(slice(of: bytes, atMost: 4), with: pick(Self.numbers).utf8)
        case 10: bytes.insert(contentsOf: repeated(pick(Self.brackets)), at: place)
        default: bytes.insert(contentsOf: pick(Self.oddText), at: place)
        }
    }

    private mutating func splice() -> ArraySlice<UInt8> {
        let other = pick(seeds)
        return other[random.below(other.count + 1)...]
    }

    private mutating func slice(of bytes: [UInt8], atMost most: Int = 256) -> Range<Int> {
        let start = random.below(bytes.count + 1)
        return start..<min(bytes.count, start + random.below(most))
    }

    private mutating func repeated(_ text: String) -> [UInt8] {
        Array(String(repeating: text, count: 1 << random.below(13)).utf8)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[random.below(elements.count)]
    }

    private static let numbers = [
        "0", "-1", "1e999", "-0", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e-400",
        "0.1", "4294967296", "00", "0x10", "NaN", "1E+2",
    ]

    private static let brackets = ["[", "{", "(", "]", "}", ")", "{\"a\":", "- ", "x=>", "\"", "'", "\\", " "]

    private static let oddText: [[UInt8]] = [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80, 0xAE], [0x1B, 0x5B],
        Array("\u{2028}".utf8), Array("\r\n".utf8), Array("\\ud800".utf8), Array("\\u0000".utf8), Array("𝕊".utf8),
    ]
}

/// A generator of numbers that gives the same for the same state (Steele, Lea and Flood, 2014).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
