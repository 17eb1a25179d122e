// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import MegaraptorErrors

/// What is not as it was planned.
struct Drift: Sendable {
    let task: AWSTask
    let inventory: Inventory
    let stack: Stack

    func sentences() async throws(MegaraptorError) -> [String] {
        let template = try await task.template(for: stack)
        let comparison = try await TemplateComparison(task, template, stack)
        var sentences = comparison.changes.map { "The stack's \($0.name) (\($0.kind)) is not the one of these inputs." }
        sentences += comparison.parameters.map { "\($0.name) is \($0.present), not \($0.wanted)." }
        if let wanted = try task.secret.versionOfFile(), stack.parameters["ConfigurationVersion"] != wanted {
            sentences.append("The server's configuration is not the one that was handed over.")
        }
        sentences += try await secret() + machines() + volume()
        sentences += try await firewall(template)
        return sentences
    }

    private func secret() async throws(MegaraptorError) -> [String] {
        guard let secret = inventory.secret, !secret.isLeaving else {
            return ["The secret with the configuration has gone: a new machine could not start."]
        }
        let version = stack.parameters["ConfigurationVersion"] ?? ""
        // One that has lost its labels is still read by its number.
        return try await task.secret.has(version, secret)
            ? [] : ["The secret's version that the server uses has gone: a new machine could not start."]
    }

    private func machines() -> [String] {
        let running = inventory.machines.filter(\.isRunning)
        var sentences: [String] = []
        if running.count > 1 {
            sentences.append("\(running.count) machines run instead of one: only one has the data volume.")
        }
        for machine in running where !machine.demandsTokens {
            sentences.append("The machine \(machine.id) gives its credentials without a token (IMDSv1).")
        }
        return sentences
    }

    private func volume() -> [String] {
        guard let member = inventory.member("DataVolume") else { return [] }
        guard let volume = inventory.dataVolume else {
            return ["The data volume \(member.physicalID) has gone, or does not carry the tags any more."]
        }
        var sentences: [String] = []
        if !volume.isEncrypted { sentences.append("The data volume \(volume.id) is not encrypted.") }
        if let size = volume.size, let noted = stack.parameters["DataDiskGiB"], size != noted {
            sentences.append("The data volume \(volume.id) has \(size) GiB, and the stack says \(noted).")
        }
        let running = inventory.machines.filter(\.isRunning).map(\.id)
        if !running.isEmpty, Set(running).isDisjoint(with: volume.machines) {
            sentences.append("The data volume \(volume.id) is not attached to the running machine.")
        }
        return sentences
    }

    private func firewall(_ template: StackTemplate) async throws(MegaraptorError) -> [String] {
        guard let member = inventory.member("Firewall") else { return [] }
        guard let present = try await task.machines.rules(member.physicalID) else {
            return ["The security group \(member.physicalID) has gone."]
        }
        let wanted = Set(
            template.shape.openPorts.flatMap { port in
                port.ranges.map { Machines.Rule(port: String(port.port), range: $0.text) }
            }
        )
        let more = present.subtracting(wanted).map { "The security group lets in \($0), which nobody asked for." }
        let fewer = wanted.subtracting(present).map { "The security group does not let in \($0)." }
        return more.sorted() + fewer.sorted()
    }
}
