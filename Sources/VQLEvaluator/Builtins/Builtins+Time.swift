// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Functions on moments, and waiting.
enum TimeBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("now") { call in
            let now = Date().timeIntervalSince1970
            return .integer(Int64(call.arguments.bool("ns") ? now * 1e9 : now))
        },
        FunctionDefinition("timestamp", body: timestamp),
        FunctionDefinition("timestamp_format") { call in
            guard let time = TimeParser.time(from: call.arguments["time"] ?? .null) else { return .null }
            return .text(GoTimeLayout.text(time, layout: call.arguments.text("format") ?? GoTimeLayout.rfc3339))
        },
        FunctionDefinition("sleep") { call in
            let seconds = call.arguments.integer("time") ?? 0
            let milliseconds = call.arguments.integer("ms") ?? 0
            try call.context.wait(for: .seconds(seconds) + .milliseconds(milliseconds))
            return true
        },
    ]

    static let plugins = [PluginDefinition("clock", body: clock)]

    /// The moment, over and over: every `period` seconds and `ms` milliseconds, from `start` on.
    private static func clock(_ call: Invocation, _ emit: (VQLRow) throws -> Void) throws {
        let seconds = call.arguments.integer("period") ?? 0
        let milliseconds = call.arguments.integer("ms") ?? 0
        let period: Duration =
            seconds + milliseconds > 0 ? .seconds(seconds) + .milliseconds(milliseconds) : .seconds(1)
        if let start = call.arguments["start"].flatMap(TimeParser.time(from:)) {
            try call.context.wait(for: .seconds(start.epoch - Date().timeIntervalSince1970))
        }
        while true {
            try call.context.wait(for: period)
            try emit(VQLTime(epoch: Date().timeIntervalSince1970).members)
        }
    }

    /// One argument decides; the server's zero time stands for 0.
    private static func timestamp(_ call: Invocation) -> VQLValue {
        let arguments = call.arguments
        let time: VQLTime?
        if let seconds = arguments.integer("cocoatime") {
            time = VQLTime(seconds: seconds &+ 978_307_200)
        } else if let seconds = arguments.integer("mactime") {
            time = VQLTime(seconds: seconds &- 2_082_844_800)
        } else if let ticks = arguments.integer("winfiletime") {
            let nanoseconds = Int32(ticks.flooredRemainder(10_000_000) * 100)
            time = VQLTime(seconds: ticks.flooredQuotient(10_000_000) - 11_644_473_600, nanoseconds: nanoseconds)
        } else if let text = arguments.text("string") {
            time = arguments.text("format").map { GoTimeLayout.time(text, layout: $0) } ?? TimeParser.time(from: text)
        } else {
            time = TimeParser.time(from: arguments["epoch"] ?? .null)
        }
        return time.map(VQLValue.time) ?? .null
    }
}
