// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MegaraptorErrors

extension PluginResult {
    /// The result of `tools/call` in the form of the client's version.
    ///
    /// - Parameter binding: what a question of the plugin is tied to; `nil` where a question is not possible.
    func toolResult(
        _ tool: PublishedTool,
        request: Request,
        binding: Binding?,
        server: MCPServer
    ) throws -> [UInt8] {
        if try asksForInput() {
            guard let binding else { throw fault("asks for input where that is not possible") }
            return try inputRequired(request: request, binding: binding, server: server)
        }
        let version = request.version
        var result = ResultWriter(
            version,
            server: server.configuration.implementation,
            metaMembers: try metaMembers(),
            reserving: bytes.count + 256
        )
        let isError = try flag("isError")
        let structured = try structuredContent(in: version)
        result.object.raw("content", try content(in: version))
        if !isError, let schema = tool.outputSchema(in: version) {
            try check(structured, tool, schema, limit: server.configuration.checkedResultSize)
        }
        if let structured { result.object.raw("structuredContent", structured) }
        if isError { result.object.flag("isError", true) }
        return result.finish()
    }

    private func flag(_ name: String) throws(MegaraptorError) -> Bool {
        guard let raw = self[name] else { return false }
        guard raw.kind == .bool else { throw fault("has an \(name) that is no boolean") }
        return raw.first == UInt8(ascii: "t")
    }

    /// The structured content, if the version takes it: none, an object, or any value.
    private func structuredContent(in version: ProtocolVersion) throws(MegaraptorError) -> ArraySlice<UInt8>? {
        guard version.has(.structuredResults), let raw = self["structuredContent"] else { return nil }
        return version.has(.stateless) || raw.kind == .object ? raw : nil
    }

    private func check(
        _ structured: ArraySlice<UInt8>?,
        _ tool: PublishedTool,
        _ schema: JSONValue,
        limit: Int
    ) throws(MegaraptorError) {
        guard let structured else { throw fault("has no structuredContent, which its outputSchema promises") }
        guard structured.count <= limit else { return }
        if let problem = tool.faultInOutput(structured) {
            throw fault("does not fit its outputSchema: \(problem)")
        }
    }
}

// MARK: - Content

extension PluginResult {
    /// The content blocks. Kinds that the version does not know become text that says what they were.
    private func content(in version: ProtocolVersion) throws(MegaraptorError) -> [UInt8] {
        guard let blocks = try array("content") else { return contentFromStructured() }
        var output: [UInt8] = [UInt8(ascii: "[")]
        output.reserveCapacity(blocks.reduce(2) { $0 + $1.count + 1 })
        for block in blocks {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            try append(block, in: version, to: &output)
        }
        output.append(UInt8(ascii: "]"))
        return output
    }

    /// Structured content alone is repeated as text, for clients that look at nothing else.
    private func contentFromStructured() -> [UInt8] {
        guard let structured = self["structuredContent"] else { return Array("[]".utf8) }
        var output = Array("[{\"type\":\"text\",\"text\":".utf8)
        structured.withUnsafeBytes { JSONWriter.write(utf8: $0, into: &output) }
        output.append(contentsOf: "}]".utf8)
        return output
    }

    private func append(
        _ block: ArraySlice<UInt8>,
        in version: ProtocolVersion,
        to output: inout [UInt8]
    ) throws(MegaraptorError) {
        let kind: ContentKind?
        do {
            kind = try block.withUnsafeBytes { raw throws(JSONError) in
                try RawObject(raw).string("type").flatMap(ContentKind.init(rawValue:))
            }
        } catch {
            throw fault("has a content block that is no object")
        }
        guard let kind else { throw fault("has a content block of an unknown type") }
        if kind.isKnown(to: version) {
            output.append(contentsOf: block)
        } else {
            let text = "[\(kind.rawValue) content, which this protocol version cannot carry] "
            var description = Array(text.utf8)
            if kind == .resourceLink { description += block }
            let block: JSONValue = ["type": "text", "text": .string(String(decoding: description, as: UTF8.self))]
            block.write(into: &output)
        }
    }
}

/// The kinds of content blocks.
private enum ContentKind: String {
    case text, image, audio, resource
    case resourceLink = "resource_link"

    func isKnown(to version: ProtocolVersion) -> Bool {
        switch self {
        case .text, .image, .resource: true
        case .audio: version.has(.audio)
        case .resourceLink: version.has(.structuredResults)
        }
    }
}
