// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Functions that write to the log, and those that tell who and what the server is.
enum LogBuiltins {
    static let functions: [FunctionDefinition] = [
        FunctionDefinition("log", body: log),
        FunctionDefinition("alert", arguments: .freeForm, body: alert),
        FunctionDefinition("whoami") { call in
            .text(try call.scope.isAccessControlHidden ? "" : call.context.session.principal)
        },
        FunctionDefinition("version") { call in
            let name = call.arguments.text("function") ?? call.arguments.text("plugin") ?? ""
            let registry = call.context.registry
            let isKnown =
                call.arguments.contains("function")
                ? registry.function(named: name) != nil : registry.plugin(named: name) != nil
            return isKnown ? 0 : .null
        },
        FunctionDefinition("mock", reportedName: "mock_check") { _ in throw VQLFailure("Not running in test.") },
    ]

    private static let levels: [String: LogLine.Level] = [
        "DEFAULT": .default, "ERROR": .error, "WARN": .warning, "WARNING": .warning, "INFO": .info, "DEBUG": .debug,
        "ALERT": .alert,
    ]

    /// How long a message is not repeated, in seconds; -1 repeats it each time.
    private static let defaultSilence: Int64 = 60

    /// A line in the log. What was said a short while ago is not said again.
    private static func log(_ call: Invocation) throws -> VQLValue {
        var message = call.arguments.text("message") ?? ""
        if call.arguments.contains("args") { message = GoFormat.string(message, try call.elements("args")) }
        if try admits(message, call) {
            let level = levels[(call.arguments.text("level") ?? "").uppercased()] ?? .default
            call.log(level, message)
        }
        return true
    }

    /// A line for whoever watches for alerts: its name, when it was raised, and every other argument.
    private static func alert(_ call: Invocation) throws -> VQLValue {
        var data = try call.arguments.all()
        guard let name = data["name"] else { throw VQLFailure("Field name is required") }
        if let condition = data["condition"], try !call.isTrue(condition) { return false }
        for special in ["name", "condition", "dedup"] { data[special] = nil }
        let now = Int64(Date().timeIntervalSince1970)
        let record: VQLRow = ["name": name, "timestamp": .integer(now), "event_data": .dict(data)]
        if try admits(name.displayText, call) {
            call.log(.alert, VQLValue.dict(try record.plain(in: call.scope)).jsonText)
        }
        return true
    }

    private static func admits(_ message: String, _ call: Invocation) throws -> Bool {
        let silence = try call.arguments.value("dedup")?.integerValue ?? defaultSilence
        return silence < 0 || call.context.admitsMessage(message, interval: .seconds(silence))
    }
}
