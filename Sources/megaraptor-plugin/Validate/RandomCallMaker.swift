// SPDX-License-Identifier: Apache-2.0

import JSONValue
import PluginManifest

/// Makes calls out of a number: the same number gives the same calls.
struct RandomCallMaker {
    private var generator: SplitMix64
    private let tools: [ToolContribution]

    private static let methods = [
        "describe", "health", "tools/call", "resources/read", "resources/subscribe", "resources/unsubscribe",
        "prompts/get", "completion/complete", "", "tools/call\u{0}", "TOOLS/CALL",
    ]

    init(seed: UInt64, tools: [ToolContribution]) {
        generator = SplitMix64(state: seed)
        self.tools = tools
    }

    mutating func next() -> CheckSession.Call {
        // Mostly tools: that is where a plugin's own code is.
        guard let tool = tools.randomElement(using: &generator), Int.random(in: 0..<4, using: &generator) > 0 else {
            let method = Self.methods.randomElement(using: &generator) ?? ""
            let params = method == "tools/call" ? noTool() : anyValue(depth: 0)
            return CheckSession.Call("\(method) with random parameters", method, params)
        }
        let arguments =
            Bool.random(using: &generator) ? value(fitting: tool.inputSchema, depth: 0) : anyValue(depth: 0)
        return .tool(tool.name, arguments)
    }

    /// A tool is only called by name: one that changes something must not be hit by chance.
    private mutating func noTool() -> JSONValue {
        ["name": "megaraptor_no_such_tool", "arguments": anyValue(depth: 0)]
    }

    /// Something of the kinds that a schema names, its bounds often kept and sometimes not.
    private mutating func value(fitting schema: JSONValue, depth: Int) -> JSONValue {
        if let choices = schema["enum"]?.arrayValue, let choice = choices.randomElement(using: &generator) {
            return choice
        }
        let fitting = ArgumentMaker.fitting(schema)
        guard depth < 4 else { return fitting }
        switch fitting {
        case .object:
            var object = JSONObject()
            for (key, member) in schema["properties"]?.objectValue ?? [:]
            where Int.random(in: 0..<8, using: &generator) > 0 {
                object[key] = value(fitting: member, depth: depth + 1)
            }
            return .object(object)
        case .array:
            let items = schema["items"] ?? [:]
            return .array(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(fitting: items, depth: depth + 1) }
            )
        default: return Int.random(in: 0..<3, using: &generator) == 0 ? anyValue(depth: depth) : fitting
        }
    }

    private mutating func anyValue(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 3 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64(bitPattern: generator.next()))
        case 3: return JSONValue(Double(Int64.random(in: -1000...1000, using: &generator)) / 7)
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in anyValue(depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<4, using: &generator) { object[text()] = anyValue(depth: depth + 1) }
            return .object(object)
        }
    }

    private mutating func text() -> String {
        let odd = [
            "", "name", "text", "\u{0}", "\u{202E}", "é", "\"", "\\", "{{x}}", "%s%n", "../../etc", "🦖", "'; --",
        ]
        return (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
            odd.randomElement(using: &generator) ?? ""
        }.joined()
    }
}

/// Sebastiano Vigna's small generator: every seed gives a sequence of its own, on every machine the same.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
