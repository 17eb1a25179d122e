// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import FoundationXML
public import MegaraptorErrors

/// Reads answers in XML with Foundation's parser, which is libxml2.
///
/// A document type is refused before anything is parsed: no service that is asked sends one, and with it go entities,
/// inner and outer ones.
public enum XMLReader {
    /// - Parameter sender: whose answer it is, for the words of the failure.
    /// - Throws: `unavailable` for what is no XML.
    public static func read(_ bytes: [UInt8], from sender: String) throws(MegaraptorError) -> XMLNode {
        let unreadable = MegaraptorError(
            .unavailable,
            "An answer of \(sender) is no XML that can be read.",
            hint: "Check the address: something else may answer there."
        )
        guard bytes.firstRange(of: Array("<!DOCTYPE".utf8)) == nil, bytes.firstRange(of: Array("<!ENTITY".utf8)) == nil
        else { throw unreadable }
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        let builder = Builder()
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { throw unreadable }
        return root
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
            open.append(XMLNode(name: local, attributes: attributes))
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
