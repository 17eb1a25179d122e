// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import JSONValue
import MegaraptorErrors

/// The public key for the machine where none was given. Azure refuses to change that of a machine that is there, so
/// that one's stays.
struct AdministratorKey: Sendable {
    let task: AzureTask

    var text: String {
        get async throws(MegaraptorError) {
            if let given = task.options.common.sshKey { return given }
            let machine = try await task.client.find(task.machinePath, APIVersions.machines)
            let keys = machine?["properties"]?["osProfile"]?["linuxConfiguration"]?["ssh"]?["publicKeys"]
            if let key = keys?.arrayValue?.first?["keyData"]?.stringValue { return key }
            return try ThrowawayKey.make()
        }
    }
}
