// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Writes a JSON object member by member straight into bytes, so that raw parts pass without a tree.
public struct ObjectWriter {
    private var bytes: [UInt8]
    private var isEmpty = true

    public init(reserving capacity: Int = 128) {
        bytes = []
        bytes.reserveCapacity(capacity)
        bytes.append(UInt8(ascii: "{"))
    }

    private mutating func key(_ name: StaticString) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A member whose value is already JSON on one line. The name must need no escapes.
    public mutating func raw(_ name: StaticString, _ json: some Sequence<UInt8>) {
        key(name)
        append(json)
    }

    /// One copy of memory where there is one piece of it; a generic sequence would go byte by byte.
    private mutating func append(_ json: some Sequence<UInt8>) {
        let wasCopied: Void? = json.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if wasCopied == nil { bytes.append(contentsOf: json) }
    }

    public mutating func string(_ name: StaticString, _ text: String) {
        key(name)
        JSONWriter.write(text, into: &bytes)
    }

    public mutating func value(_ name: StaticString, _ value: JSONValue) {
        key(name)
        value.write(into: &bytes)
    }

    public mutating func flag(_ name: StaticString, _ value: Bool) {
        raw(name, (value ? "true" : "false").utf8)
    }

    /// Members without their braces, as they stand in another object.
    public mutating func members(_ json: some Collection<UInt8>) {
        guard !json.isEmpty else { return }
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        append(json)
    }

    public consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
