// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// Builds nodes from events and refuses what ``YAMLDocument`` does not read.
struct YAMLComposer: ~Copyable {
    private var events: YAMLEventStream
    private let depthLimit: Int

    init(events: consuming YAMLEventStream, depthLimit: Int) {
        self.events = events
        self.depthLimit = depthLimit
    }

    mutating func document() throws(MegaraptorError) -> YAMLNode {
        var start = try events.next()
        if case .streamStart = start.kind { start = try events.next() }
        if case .streamEnd = start.kind {
            return YAMLNode(content: .scalar(.null), position: start.position)
        }
        let node = try node(try events.next(), depth: 0)
        // The end of the document, then that of the stream or another document.
        _ = try events.next()
        let next = try events.next()
        guard case .streamEnd = next.kind else {
            throw next.position.error("a second document begins; only one is allowed in a file")
        }
        return node
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(MegaraptorError) -> YAMLNode {
        if let anchor = event.anchor {
            throw event.position.error("the anchor \"&\(anchor)\" is not supported", hint: "Write the value out.")
        }
        switch event.kind {
        case .scalar(let scalar):
            let value = try CoreSchema.value(of: scalar, tag: event.tag, at: event.position)
            return YAMLNode(content: .scalar(value), position: event.position)
        case .sequenceStart:
            try check(event, tag: "seq", depth: depth)
            return YAMLNode(content: .sequence(try elements(depth: depth)), position: event.position)
        case .mappingStart:
            try check(event, tag: "map", depth: depth)
            return YAMLNode(content: .mapping(try entries(depth: depth)), position: event.position)
        case .alias: throw event.position.error("aliases are not supported", hint: "Write the value out.")
        default: throw event.position.error("unexpected YAML event", code: .internal)
        }
    }

    private func check(_ event: YAMLEvent, tag: String, depth: Int) throws(MegaraptorError) {
        guard depth < depthLimit else { throw event.position.error("more than \(depthLimit) levels of nesting") }
        guard let given = event.tag, given != CoreSchema.prefix + tag, given != "!" else { return }
        throw event.position.error("the tag \"\(given)\" is not supported here")
    }

    private mutating func elements(depth: Int) throws(MegaraptorError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return elements }
            elements.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(MegaraptorError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var positions: [[UInt8]: YAMLPosition] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return entries }
            let key = try key(event)
            // Keys are compared by their bytes: Swift would equate different spellings of one letter.
            if let first = positions.updateValue(event.position, forKey: Array(key.utf8)) {
                throw event.position.error("the key \"\(key)\" stands twice, first in line \(first.line)")
            }
            let value = try node(try events.next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: key, keyPosition: event.position, value: value))
        }
    }

    private func key(_ event: YAMLEvent) throws(MegaraptorError) -> String {
        guard case .scalar(let scalar) = event.kind else {
            throw event.position.error("a key must be a single word or a string, not an alias, a list or a mapping")
        }
        if event.anchor != nil { throw event.position.error("anchors are not supported") }
        if let tag = event.tag, tag != CoreSchema.prefix + "str", tag != "!" {
            throw event.position.error("the tag \"\(tag)\" is not supported at a key")
        }
        return scalar.text
    }
}
