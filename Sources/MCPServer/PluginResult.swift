// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MCPProtocol
import MegaraptorErrors

/// A plugin's answer: checked once, then taken apart and put together as bytes, never as a tree.
struct PluginResult {
    let bytes: [UInt8]
    private let members: [String: Range<Int>]
    private let plugin: String

    /// - Parameter plugin: who is named when the answer breaks the contract.
    init(_ bytes: [UInt8], plugin: String) throws(MegaraptorError) {
        self.plugin = plugin
        do {
            // Inside a string a line break would be a fault, so one that is found stands between tokens.
            let hasLineBreak = bytes.withUnsafeBytes { raw in
                guard let start = raw.baseAddress else { return false }
                return [0x0A, 0x0D].contains { memchr(start, $0, raw.count) != nil }
            }
            self.bytes = hasLineBreak ? try JSONScanner.compact(bytes) : bytes
            let members = try JSONScanner.members(of: self.bytes)
            self.members = Dictionary(members.map { ($0.key, $0.range) }, uniquingKeysWith: { $1 })
        } catch {
            throw Self.fault(plugin, "is not a JSON object: \(error)")
        }
    }

    subscript(name: String) -> ArraySlice<UInt8>? { members[name].map { bytes[$0] } }

    func fault(_ what: String) -> MegaraptorError { Self.fault(plugin, what) }

    private static func fault(_ plugin: String, _ what: String) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "The plugin \(plugin) broke its contract: its result \(what).",
            hint: "This is a fault of the plugin; report it to its author."
        )
    }

    /// A member that must be an array where it is there.
    func array(_ name: String) throws(MegaraptorError) -> [ArraySlice<UInt8>]? {
        guard let slice = self[name] else { return nil }
        guard slice.kind == .array else { throw fault("has a \(name) that is no array") }
        do {
            return try JSONScanner.elements(of: slice).map { range in
                slice[(slice.startIndex + range.lowerBound)..<(slice.startIndex + range.upperBound)]
            }
        } catch {
            throw fault("has an unreadable \(name)")
        }
    }

    /// The members of `_meta`, without braces.
    func metaMembers() throws(MegaraptorError) -> [UInt8] {
        guard let meta = self["_meta"] else { return [] }
        guard meta.kind == .object else { throw fault("has a _meta that is no object") }
        return Array(meta.dropFirst().dropLast())
    }

    /// Whether the plugin asks for input instead of answering.
    func asksForInput() throws(MegaraptorError) -> Bool {
        guard let raw = self["resultType"] else { return false }
        if raw.elementsEqual("\"complete\"".utf8) { return false }
        guard raw.elementsEqual("\"input_required\"".utf8) else { throw fault("has an unknown resultType") }
        return true
    }
}
