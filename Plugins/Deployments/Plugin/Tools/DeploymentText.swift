// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorPluginKit

/// What an answer of these tools says, in lines for a person. Its JSON stands behind them.
///
/// Derived from the answer itself, so that the two cannot differ.
struct DeploymentText: Sendable {
    let answer: JSONObject

    /// What is asked of a person before it is done.
    static func question(_ title: String, _ plan: JSONObject) -> String {
        ([title] + DeploymentText(answer: plan).plan).joined(separator: "\n")
    }

    /// The lines, in the order in which somebody reads.
    var lines: [String] {
        let all = text("message").map { [$0] } ?? []
        let agents = texts("agents_plan").map { "Agents: \($0)" }
        return (all + identity + now + plan + access + checks + operation + agents).map(VisibleText.escape)
    }

    // MARK: - Parts

    private var identity: [String] {
        guard let phase = text("phase"), let id = text("deployment_id") else { return [] }
        var line = "\(id): \(phase)"
        if let deployer = text("deployment_type") { line += ", by \(deployer)" }
        if let profile = text("profile") { line += ", profile \(profile)" }
        if let expires = text("expires") { line += ", to be destroyed \(expires)" }
        return [line]
    }

    private var now: [String] {
        guard let condition = text("condition") else { return [] }
        return ["Now \(condition): \(text("summary") ?? "")"] + texts("drift").map { "Not as planned: \($0)" }
    }

    private var plan: [String] {
        var lines = objects("changes").map { change in
            "- \(change.word("action")) \(change.word("kind")) \(change.word("name"))"
                + (change["note"]?.stringValue.map { " (\($0))" } ?? "")
        }
        lines += objects("exposure").map { port in
            "- \(port.word("purpose")): \(port.word("address")):\(port["port"]?.json() ?? ""), \(port.word("reach"))"
        }
        lines += objects("removes").map { "- remove \($0.word("kind")) \($0.word("name"))" }
        lines += objects("keeps").map { "- keep \($0.word("kind")) \($0.word("name"))" }
        if let cost = answer["cost"]?["text"]?.stringValue { lines.append("Cost: \(cost)") }
        lines += texts("warnings").map { "Note: \($0)" }
        return lines
    }

    /// Where a server that was just made is reached.
    private var access: [String] {
        guard let password = text("admin_password_file") else { return [] }
        return [
            "GUI: \(text("server_url") ?? ""), user \(text("admin_user") ?? ""), the password once in \(password)",
            "Agents: \(text("client_config") ?? "")",
            "These tools: connection \(text("deployment_id") ?? "")",
        ]
    }

    private var checks: [String] {
        let checks = objects("checks")
        guard !checks.isEmpty else { return [] }
        let bad = checks.filter { $0["status"] != "ok" }
        let lines = bad.map { "\($0.word("status")): \($0.word("name")): \($0.word("message"))" }
        return ["\(checks.count - bad.count) of \(checks.count) checks are well."] + lines
    }

    private var operation: [String] {
        guard let operation = answer["operation"] else { return [] }
        let steps = operation["steps"]?.arrayValue ?? []
        return ["\(operation.word("kind")) since \(operation.word("started")):"]
            + steps.map { "- [\($0.word("status"))] \($0.word("title"))" }
    }

    private func text(_ key: String) -> String? { answer[key]?.stringValue }
    private func texts(_ key: String) -> [String] { answer[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    private func objects(_ key: String) -> [JSONValue] { answer[key]?.arrayValue ?? [] }
}

extension JSONValue {
    fileprivate func word(_ key: String) -> String { self[key]?.stringValue ?? "" }
}

extension ToolResult {
    /// An answer about deployments: lines for a person, and behind them the whole as JSON.
    init(deployment answer: JSONObject) {
        let json = VisibleText.escape(JSONValue.object(answer).json())
        self.init(
            content: [.text(DeploymentText(answer: answer).lines.joined(separator: "\n")), .text(json)],
            structured: .object(answer)
        )
    }
}
