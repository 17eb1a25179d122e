// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

/// Functions that convert values, and read and write JSON.
enum ValueBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("int") { call in .integer(integer(call.arguments["int"] ?? .null)) },
        FunctionDefinition("atoi") { call in .integer(integer(call.arguments["string"] ?? .null)) },
        FunctionDefinition("str") { call in
            let value = call.arguments["str"] ?? .null
            if case .string = value { return value }
            return .text(value.isNull ? "" : try call.materialized(value).displayText)
        },
        FunctionDefinition("parse_float") { call in
            switch call.arguments["string"] ?? .null {
            case .string(let text): .double(Double(text.text) ?? 0)
            case let value: .double(value.doubleValue ?? 0)
            }
        },
        FunctionDefinition("typeof", arguments: .freeForm) { call in
            guard let value = try call.arguments.all().values.first else { return .null }
            if case .query = value { return "[]types.Row" }
            return .text(value.goTypeName)
        },
        FunctionDefinition("parse_json") { call in
            let value = try json(call)
            guard case .dictionary = value else {
                throw VQLFailure("json: cannot unmarshal \(value.goTypeName) into a dict")
            }
            return value
        },
        FunctionDefinition("parse_json_array", body: jsonArray),
        FunctionDefinition("serialize", body: serialize),
        FunctionDefinition("rand") { call in
            .integer(Int64.random(in: 0..<max(call.arguments.integer("range") ?? .max, 1)))
        },
        FunctionDefinition("uuid") { _ in .text(UUID().uuidString.lowercased()) },
    ]

    static let plugins: [PluginDefinition] = [
        PluginDefinition("parse_json_array") { call, emit in try call.forEachRow(of: jsonArray(call), emit) }
    ]

    /// Digits with an optional sign or `0x`; 0 for what is no number.
    private static func integer(_ value: VQLValue) -> Int64 {
        guard case .string(let string) = value else { return value.integerValue ?? 0 }
        let text = string.text
        if let value = Int64(text) { return value }
        if text.hasPrefix("0x") || text.hasPrefix("0X") { return Int64(text.dropFirst(2), radix: 16) ?? 0 }
        return Double(text).map(Int64.init(truncatingInRange:)) ?? 0
    }

    private static func json(_ call: Invocation) throws -> VQLValue {
        let data = call.arguments.string("data") ?? ""
        do {
            return VQLValue(json: try JSONValue(json: data.bytes))
        } catch {
            let isCutOff = error.offset >= data.count
            throw VQLFailure((isCutOff ? "unexpected end of JSON input" : error.description) + ": " + data.text)
        }
    }

    private static func jsonArray(_ call: Invocation) throws -> VQLValue {
        let value = try json(call)
        guard case .list = value else { throw VQLFailure("json: cannot unmarshal \(value.goTypeName) into an array") }
        return value
    }

    /// As JSON or, with `format`, as lines of JSON or comma-separated values with a head line.
    private static func serialize(_ call: Invocation) throws -> VQLValue {
        let item = try call.materialized(call.arguments["item"] ?? .null).plain(in: call.scope)
        switch call.arguments.text("format") ?? "json" {
        case "json": return .text(item.jsonText)
        case "jsonl": return .text(rows(item).map { VQLValue.dict($0).jsonText + "\n" }.joined())
        case "csv": return .text(commaSeparated(rows(item)))
        case let format: throw VQLFailure("Unknown format: \(format)")
        }
    }

    private static func rows(_ value: VQLValue) -> [VQLRow] {
        (value.listValue ?? [value]).compactMap(\.rowValue)
    }

    private static func commaSeparated(_ rows: [VQLRow]) -> String {
        guard let first = rows.first else { return "" }
        let lines = [first.names.map(quoted)] + rows.map { row in first.names.map { quoted(cell(row[$0] ?? .null)) } }
        return lines.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    private static func cell(_ value: VQLValue) -> String {
        switch value {
        case .null: ""
        case .list, .dictionary: value.jsonText
        default: value.displayText
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
