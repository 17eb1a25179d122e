// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import JSONValue
import MegaraptorErrors

/// The administrator's public key. Azure refuses to change that of a machine that is there, so that one's stays.
struct AdministratorKey: Sendable {
    let text: String
    /// Where another key was asked for than the machine has.
    let warning: String?

    init(_ task: AzureTask) async throws(MegaraptorError) {
        let given = task.options.common.sshKey
        let machine = try await task.client.find(task.machinePath, APIVersions.machines)
        let keys = machine?["properties"]?["osProfile"]?["linuxConfiguration"]?["ssh"]?["publicKeys"]
        guard let present = keys?.arrayValue?.first?["keyData"]?.stringValue else {
            if let given { text = given } else { text = try ThrowawayKey.make() }
            warning = nil
            return
        }
        text = present
        let isOther = given.map { Self.key(in: $0) != Self.key(in: present) } ?? false
        warning =
            isOther
            ? "ssh_key has no effect: Azure does not change the key of a machine that is there. \"az vm user update"
                + " --resource-group \(task.groupName) --name \(task.names.name)\" brings another one." : nil
    }

    /// Without the comment.
    private static func key(in text: String) -> [Substring] {
        Array(text.split(whereSeparator: \.isWhitespace).prefix(2))
    }
}
