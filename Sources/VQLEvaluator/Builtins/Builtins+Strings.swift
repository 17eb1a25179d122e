// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Functions on strings.
enum StringBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("lowcase") { call in .text((call.arguments.text("string") ?? "").lowercased()) },
        FunctionDefinition("upcase") { call in .text((call.arguments.text("string") ?? "").uppercased()) },
        FunctionDefinition("format", failureValue: false) { call in
            .text(GoFormat.string(call.arguments.text("format") ?? "", try call.elements("args")))
        },
        FunctionDefinition("join") { call in
            .text(call.arguments.texts("array").joined(separator: call.arguments.text("sep") ?? ","))
        },
        FunctionDefinition("split", body: split),
        FunctionDefinition("strip", body: strip),
        FunctionDefinition("substr") { call in
            (call.arguments["str"] ?? .null).slice(from: call.arguments["start"], to: call.arguments["end"])
        },
        FunctionDefinition("regex_replace", body: replace),
        FunctionDefinition("parse_string_with_regex", body: captures),
        FunctionDefinition("basename") { call in
            .text(components(call.arguments["path"] ?? .null).last ?? "")
        },
        FunctionDefinition("dirname") { call in
            .text("/" + components(call.arguments["path"] ?? .null).dropLast().joined(separator: "/"))
        },
        FunctionDefinition("path_split") { call in
            .list(components(call.arguments["path"] ?? .null).map(VQLValue.text))
        },
        FunctionDefinition("path_join") { call in
            let parts = try call.elements("components").flatMap(components)
            return .text("/" + parts.joined(separator: call.arguments.text("sep") ?? "/"))
        },
    ]

    private static func split(_ call: Invocation) throws -> VQLValue {
        let text = call.arguments.text("string") ?? ""
        if let separator = call.arguments.text("sep_string"), !separator.isEmpty {
            return .list(text.components(separatedBy: separator).map(VQLValue.text))
        }
        let separator = call.arguments.string("sep") ?? ""
        guard !separator.isEmpty else { throw VQLFailure("Either sep or sep_string must be provided") }
        guard let pattern = call.pattern(separator) else { return .null }
        var parts: [VQLValue] = []
        var start = text.startIndex
        for range in pattern.allMatches(in: text).compactMap({ $0.first ?? nil }) where !range.isEmpty {
            parts.append(.text(String(text[start..<range.lowerBound])))
            start = range.upperBound
        }
        return .list(parts + [.text(String(text[start...]))])
    }

    private static func strip(_ call: Invocation) -> VQLValue {
        let text = call.arguments.text("string") ?? ""
        let prefix = call.arguments.text("prefix") ?? ""
        let suffix = call.arguments.text("suffix") ?? ""
        if prefix.isEmpty && suffix.isEmpty { return .text(text.trimmingCharacters(in: .whitespacesAndNewlines)) }
        var rest = Substring(text)
        if rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        if rest.hasSuffix(suffix) { rest = rest.dropLast(suffix.count) }
        return .text(String(rest))
    }

    /// Every match is replaced: by what the lambda makes of it, or by text in which `$1` stands for a group.
    private static func replace(_ call: Invocation) throws -> VQLValue {
        let text = call.arguments.text("source") ?? ""
        guard let pattern = call.pattern(call.arguments.string("re") ?? "") else { return .text(text) }
        let lambdaText = call.arguments.text("replace_lambda") ?? ""
        let lambda = lambdaText.isEmpty ? nil : try call.lambda(lambdaText, "replace_lambda")
        let template = call.arguments.text("replace") ?? ""
        var result = ""
        var start = text.startIndex
        for groups in pattern.allMatches(in: text) {
            guard let whole = groups[0] else { continue }
            result += text[start..<whole.lowerBound]
            if let lambda {
                result += try lambda([.text(String(text[whole]))], in: call.scope).displayText
            } else {
                result += GoFormat.expand(template, groups.map { $0.map { text[$0] } })
            }
            start = whole.upperBound
        }
        return .text(result + text[start...])
    }

    /// The groups of each pattern's first match: `g1`, `g2` and so on, or by their names.
    private static func captures(_ call: Invocation) -> VQLValue {
        let text = call.arguments.text("string") ?? ""
        var members = VQLRow()
        for case .string(let source) in call.arguments.list("regex") {
            guard let pattern = call.pattern(source), let groups = pattern.allMatches(in: text).first else { continue }
            for (name, range) in zip(pattern.groupNames, groups.dropFirst()) {
                members[name] = .text(range.map { String(text[$0]) } ?? "")
            }
        }
        return .dict(members)
    }

    /// The parts of a path, which may come as a list already. Backslashes separate only Windows paths.
    private static func components(_ path: VQLValue) -> [String] {
        if case .list(let parts) = path { return parts.flatMap(components) }
        let text = path.displayText
        let isWindows = !text.contains("/") && text.contains("\\")
        return text.split(separator: isWindows ? "\\" : "/").map(String.init)
    }
}

extension Invocation {
    /// A compiled pattern; `nil` for one with a mistake, which the log has then.
    func pattern(_ source: VQLString) -> Pattern? {
        context.caches.pattern(source) { log(.plain, $0) }
    }

    /// A lambda that came in a plain string argument.
    func lambda(_ text: String, _ argument: String) throws -> LambdaFunction {
        do {
            return try context.caches.lambda(text)
        } catch {
            throw VQLFailure("Field \(argument) \(error)")
        }
    }
}
