// SPDX-License-Identifier: Apache-2.0

import VQL
import VQLEvaluator

extension ArtifactDefinition {
    /// Reads what `artifact_set()` is given: names, types, parameters and queries, line by line.
    ///
    /// - Throws: ``VQLFailure`` for text that is no artifact, and for a query that is not VQL.
    init(yaml text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(YAMLLine.init)
        guard let name = lines.first(where: { $0.indent == 0 && $0.key == "name" })?.value, !name.isEmpty else {
            let start = text.prefix(20)
            throw VQLFailure(
                "YAML Error: yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `\(start)` into proto.Artifact"
            )
        }
        func top(_ key: String) -> String? { lines.first { $0.indent == 0 && $0.key == key }?.value }
        let queries = Self.queries(in: lines)
        for query in queries { try Self.check(query, of: text) }
        self.init(
            name: name,
            type: top("type")?.lowercased() ?? "client",
            systems: [],
            sources: [""],
            permissions: [],
            aliases: [],
            parameters: Self.parameters(in: lines),
            description: top("description") ?? ""
        )
        isBuiltIn = false
        raw = text
        query = queries.first
    }

    private static func check(_ query: String, of definition: String) throws {
        do throws(VQLSyntaxError) {
            _ = try Program(parsing: query)
        } catch {
            throw VQLFailure("While parsing source query : \(error.excerpted): \(definition.trimmingNewlines)")
        }
    }

    private static func parameters(in lines: [YAMLLine]) -> [Parameter] {
        var parameters: [Parameter] = []
        for line in section("parameters", of: lines) {
            if line.key == "name" {
                parameters.append(Parameter(name: line.value, type: "string", defaultValue: ""))
            } else if let last = parameters.indices.last {
                if line.key == "type" { parameters[last].type = line.value }
                if line.key == "default" { parameters[last].defaultValue = line.value }
            }
        }
        return parameters
    }

    /// Each `query:` of the sources, on its line or in the deeper lines after it.
    private static func queries(in lines: [YAMLLine]) -> [String] {
        var queries: [String] = []
        var indent: Int?
        for line in section("sources", of: lines) {
            if let open = indent, line.indent > open {
                queries[queries.count - 1] += line.text + "\n"
                continue
            }
            indent = nil
            guard line.key == "query" else { continue }
            let isBlock = ["|", "|-", ">", ">-"].contains(line.value)
            queries.append(isBlock ? "" : line.value)
            if isBlock { indent = line.indent }
        }
        return queries
    }

    private static func section(_ name: String, of lines: [YAMLLine]) -> some Sequence<YAMLLine> {
        lines.drop { !($0.indent == 0 && $0.key == name) }.dropFirst()
            .prefix { $0.indent > 0 || $0.isItem || $0.text.isEmpty }
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        var text = self
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

/// One line of YAML: how far it stands in, and `key: value` where it has them.
private struct YAMLLine {
    var indent: Int
    var isItem: Bool
    var text: String
    var key: String
    var value: String

    init(_ line: Substring) {
        let spaces = line.prefix { $0 == " " }.count
        var rest = line.dropFirst(spaces)
        isItem = rest.hasPrefix("- ")
        if isItem { rest = rest.dropFirst(2) }
        indent = spaces
        text = String(rest)
        let head = rest.prefix { $0 != ":" }
        let isPair = head.count < rest.count
        key = isPair ? String(head) : ""
        value = isPair ? rest.dropFirst(head.count + 1).drop { $0 == " " }.description : ""
    }
}
