// SPDX-License-Identifier: Apache-2.0

/// Puts one message together, big-endian as SSH has it.
struct SFTPWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ value: UInt8) { bytes.append(value) }

    mutating func put(_ value: UInt32) { putBytes(of: value.bigEndian) }

    mutating func put(_ value: UInt64) { putBytes(of: value.bigEndian) }

    mutating func put(_ text: String) { put(Array(text.utf8)[...]) }

    mutating func put(_ value: ArraySlice<UInt8>) {
        put(UInt32(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func putBytes(of value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}
