// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationXML
import MegaraptorErrors

/// Reads answers in XML with Foundation's parser, which is libxml2. The one place of this module that needs Foundation.
///
/// A document type is refused before anything is parsed: AWS sends none, and with it go entities, inner and outer ones.
enum XMLReader {
    static func read(_ bytes: [UInt8]) throws(MegaraptorError) -> XMLNode {
        guard bytes.firstRange(of: Array("<!DOCTYPE".utf8)) == nil, bytes.firstRange(of: Array("<!ENTITY".utf8)) == nil
        else { throw unreadable }
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        let builder = Builder()
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { throw unreadable }
        return root
    }

    private static var unreadable: MegaraptorError {
        MegaraptorError(.unavailable, "An answer of AWS is no XML that can be read.", hint: "Check the endpoint's URL.")
    }

    private final class Builder: NSObject, XMLParserDelegate {
        /// Deeper than any answer of the services that are asked.
        private static let greatestDepth = 64
        private var open: [XMLNode] = []
        var root: XMLNode?

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            guard open.count < Self.greatestDepth else { return parser.abortParsing() }
            let local = name.split(separator: ":").last.map(String.init) ?? name
            open.append(XMLNode(name: local))
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard !open.isEmpty else { return }
            open[open.count - 1].text += text
        }

        func parser(_ parser: XMLParser, foundCDATA block: Data) {
            guard !open.isEmpty else { return }
            open[open.count - 1].text += String(decoding: block, as: UTF8.self)
        }

        func parser(
            _ parser: XMLParser,
            didEndElement name: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            guard var node = open.popLast() else { return }
            // Between elements stand only blanks.
            if !node.children.isEmpty { node.text = "" }
            if open.isEmpty {
                root = node
            } else {
                open[open.count - 1].children.append(node)
            }
        }
    }
}
