// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

/// What can be read without entering the machine: the stack's events, and the console.
struct ServerLogs: Sendable {
    let task: AWSTask

    func latest(_ count: Int) async throws(MegaraptorError) -> DeploymentLogs {
        let inventory = try await task.inventory()
        guard let stack = inventory.stack else {
            throw MegaraptorError(.notFound, "The deployment has no stack, so there are no events and no console.")
        }
        // The older half of what is asked for, unless the console has less.
        var console: [String] = []
        if let machine = inventory.machines.first {
            console = Self.screened(try await task.machines.console(machine.id)).map { "console: \($0)" }
        }
        let room = max(count / 2, count - console.count)
        // One more tells whether there are earlier ones.
        let events = try await task.stacks.events(stack.id, atMost: room + 1).reversed().map {
            "\($0.time) stack: \($0.text)"
        }
        let all = events.suffix(room) + console.suffix(max(0, count - min(room, events.count)))
        return DeploymentLogs(lines: Array(all), isCut: events.count + console.count > all.count)
    }

    /// Without private keys: the boot script shows none, but a console is anybody's on the machine.
    static func screened(_ text: String) -> [String] {
        var lines: [String] = []
        var isHidden = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.contains("-----BEGIN"), line.contains("PRIVATE KEY") {
                isHidden = true
                lines.append("[a private key is left out here]")
            }
            if !isHidden { lines.append(String(line)) }
            if line.contains("-----END") { isHidden = false }
        }
        return lines
    }
}
