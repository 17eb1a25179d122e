// SPDX-License-Identifier: Apache-2.0

/// A short mark of some bytes, to notice whether they are still the same (FNV-1a, 64 bits).
///
/// It guards against data that changed, not against somebody who makes up data to fit.
struct Fingerprint: Sendable, Hashable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // Parts stay parts: "ab" + "c" is not "a" + "bc".
        state = (state ^ 0xFF) &* 0x100_0000_01B3
    }

    init() {}

    init(of parts: some Sequence<String>) {
        for part in parts { add(part.utf8) }
    }

    var text: String { String(state, radix: 36) }
}
