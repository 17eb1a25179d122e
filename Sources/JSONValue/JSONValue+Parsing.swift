// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// How deep arrays and objects may lie in each other unless the caller says otherwise.
    public static let defaultDepthLimit = 512

    /// No caller gets more than this: values of unbounded depth could not even be freed on a small stack.
    public static let greatestDepthLimit = 1000

    /// Reads one JSON document: RFC 8259 to the letter, UTF-8 without repair, nothing after it but white space.
    ///
    /// Of members with the same name the last one counts.
    public init(
        json bytes: UnsafeRawBufferPointer,
        depthLimit: Int = defaultDepthLimit
    ) throws(JSONError) {
        var parser = try JSONParser(bytes, depthLimit: depthLimit)
        self = try parser.document()
    }

    /// Reads one JSON document from bytes in memory; see ``init(json:depthLimit:)-(UnsafeRawBufferPointer,_)``.
    public init(json bytes: some Sequence<UInt8>, depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        self = try withRawBytes(of: bytes) { raw throws(JSONError) in
            try JSONValue(json: raw, depthLimit: depthLimit)
        }
    }

    public init(json text: String, depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        try self.init(json: text.utf8, depthLimit: depthLimit)
    }
}

/// Lends the bytes of any sequence as one piece of memory, copied only where they are not one already.
func withRawBytes<Answer>(
    of bytes: some Sequence<UInt8>,
    _ body: (UnsafeRawBufferPointer) throws(JSONError) -> Answer
) throws(JSONError) -> Answer {
    let answer = bytes.withContiguousStorageIfAvailable { buffer in
        Result { () throws(JSONError) in try body(UnsafeRawBufferPointer(buffer)) }
    }
    if let answer { return try answer.get() }
    return try Array(bytes).withUnsafeBufferPointer { buffer throws(JSONError) in
        try body(UnsafeRawBufferPointer(buffer))
    }
}
