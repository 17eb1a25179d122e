// SPDX-License-Identifier: Apache-2.0

import Dispatch
import JSONValue
import PluginManifest

extension Check {
    /// Parameters that no host would send. The plugin may refuse them or make something of them; it must complete each
    /// call in the contract's terms and live on.
    static let parameters: [Check] = [
        check("params.bad", "broken and unfitting") { tool in
            let name = JSONValue.string(tool).json()
            return [
                "", "{", "null", "[]", "\"text\"", "nonsense", "{} {}", "{\"name\":", "{\"name\":7}",
                "{\"name\":\(name)}", "{\"name\":\(name),\"arguments\":null}", "{\"name\":\(name),\"arguments\":[1]}",
                "{\"name\":\(name),\"arguments\":{\"\":{}}}", "{\"name\":\(name),\"name\":1,\"arguments\":{}}",
                "{\"name\":\(name),\"arguments\":{\"text\":\"unfinished",
            ].map { Array($0.utf8) }
        },
        check("params.huge", "huge") { tool in
            let text = JSONValue.string(String(repeating: "x", count: 16 << 20))
            let many = JSONValue.array(Array(repeating: 1, count: 1 << 20))
            return [text, many].map { argument in
                params(tool, ["text": argument, "name": argument])
            }
        },
        check("params.deep", "deeply nested") { tool in
            [100, 500, 100_000].map { depth in
                let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                return Array("{\"name\":\(JSONValue.string(tool).json()),\"arguments\":{\"text\":\(nested)}}".utf8)
            }
        },
        check("params.encoding", "wrongly encoded") { tool in
            let head = Array("{\"name\":\(JSONValue.string(tool).json()),\"arguments\":{\"text\":\"".utf8)
            let tail = Array("\"}}".utf8)
            let texts: [[UInt8]] = [
                [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0], [0xC3],
            ]
            return [[0xEF, 0xBB, 0xBF] + Array("{}".utf8), [0xFF]] + texts.map { head + $0 + tail }
        },
    ]

    private static func check(
        _ id: String,
        _ adjective: String,
        _ payloads: @escaping @Sendable (String) -> [[UInt8]]
    ) -> Check {
        Check(id, needs: ["contract.results"]) { subject in
            let session = try subject.session()
            let tool = session.callableTools.first?.name ?? "megaraptor_no_such_tool"
            let calls = payloads(tool).enumerated().map { number, params in
                CheckSession.Call("a call with \(adjective) parameters (number \(number + 1))", "tools/call", params)
            }
            // Reading what is huge takes its time; nobody asks a plugin to give that up half-way.
            if let fault = session.runEach(calls, grace: .seconds(20)).compactMap(\.fault).first { return .fail(fault) }
            return .pass("Calls with \(adjective) parameters are completed as they should be.")
        }
    }

    private static func params(_ tool: String, _ arguments: JSONValue) -> [UInt8] {
        JSONValue.object(["name": .string(tool), "arguments": arguments]).jsonBytes()
    }
}
