// SPDX-License-Identifier: Apache-2.0

import CYAML
import MegaraptorErrors

/// Owns a libyaml parser over bytes that the caller keeps alive.
struct YAMLEventStream: ~Copyable {
    // On the heap, because libyaml keeps a pointer to the parser inside the parser.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(MegaraptorError) {
        self.bytes = bytes
        self.file = file
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw MegaraptorError(.resourceExhausted, "\(file): no memory for the YAML parser")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func next() throws(MegaraptorError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return try swiftEvent(event)
    }

    private func swiftEvent(_ event: yaml_event_t) throws(MegaraptorError) -> YAMLEvent {
        let position = position(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, position: position)
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, position: position)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, position: position)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, position: position)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, position: position)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, position: position)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, position: position)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return YAMLEvent(
                kind: .sequenceStart,
                position: position,
                anchor: text(start.anchor),
                tag: text(start.tag)
            )
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return YAMLEvent(kind: .mappingStart, position: position, anchor: text(start.anchor), tag: text(start.tag))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = YAMLScalar(
                text: String(decoding: content, as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE
            )
            return YAMLEvent(
                kind: .scalar(value),
                position: position,
                anchor: text(scalar.anchor),
                tag: text(scalar.tag)
            )
        default: throw position.error("unknown YAML event", code: .internal)
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func position(_ mark: yaml_mark_t) -> YAMLPosition {
        YAMLPosition(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    private func failure() -> MegaraptorError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
        switch parser.pointee.error {
        case YAML_READER_ERROR:
            return position(ofByte: Int(parser.pointee.problem_offset)).error(problem)
        case YAML_MEMORY_ERROR:
            return MegaraptorError(.resourceExhausted, "\(file): no memory to read the file")
        default:
            let context = parser.pointee.context.map { " " + String(cString: $0) } ?? ""
            // libyaml sets an unexpected end on a line of its own.
            let mark = position(parser.pointee.problem_mark)
            let end = position(ofByte: bytes.count)
            return (mark.line > end.line ? end : mark).error(problem + context)
        }
    }

    /// libyaml gives no line for bytes that it could not read, only their offset.
    private func position(ofByte offset: Int) -> YAMLPosition {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = before.count { $0 == 0x0A } + 1
        // Bytes that continue a character make no column.
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return YAMLPosition(file: file, line: line, column: column)
    }
}
