// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Reads configuration files: the part of YAML 1.2 that means the same to everybody.
///
/// Scalars are typed by the core schema: `yes` and `no` are strings, `0o17` is 15. Refused are duplicate keys, anchors,
/// aliases, tags beyond the core schema, a second document, and numbers that JSON does not have.
public enum YAMLDocument {
    /// What a file may cost.
    public struct Limits: Sendable {
        public var bytes: Int
        public var depth: Int

        /// At most four mebibytes and a hundred levels, far beyond any file that people write.
        public init(bytes: Int = 4 << 20, depth: Int = 100) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// Reads one document; an empty one is null.
    ///
    /// - Parameters:
    ///   - text: UTF-8, with or without byte order mark.
    ///   - file: The name that messages show: `plugin.yaml:12:5: …`.
    public static func parse(
        _ text: some Sequence<UInt8>,
        file: String,
        limits: Limits = Limits()
    ) throws(MegaraptorError) -> YAMLNode {
        var bytes = Array(text)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard bytes.count <= limits.bytes else {
            throw MegaraptorError(
                .resourceExhausted,
                "\(file): the file has \(bytes.count) bytes, more than the \(limits.bytes) that are allowed"
            )
        }
        return try bytes.withUnsafeBufferPointer { buffer throws(MegaraptorError) in
            let events = try YAMLEventStream(buffer, file: file)
            var composer = YAMLComposer(events: events, depthLimit: limits.depth)
            return try composer.document()
        }
    }

    /// Reads one document; an empty one is null.
    public static func parse(
        _ text: String,
        file: String,
        limits: Limits = Limits()
    ) throws(MegaraptorError) -> YAMLNode {
        try parse(text.utf8, file: file, limits: limits)
    }
}
