// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// The record of the server's name in somebody's DNS zone. It carries no labels, so it is ours only as long as it leads
/// to the server's own address.
struct NameRecord: Sendable {
    let task: AzureTask
    let path: String

    /// `nil` where no zone is given.
    init?(_ task: AzureTask) {
        guard let zone = task.options.common.dnsZone, let zoneName = zone.split(separator: "/").last?.lowercased()
        else {
            return nil
        }
        let host = task.deployment.hostname.lowercased()
        let suffix = ".\(zoneName)"
        let name = host == zoneName ? "@" : host.hasSuffix(suffix) ? String(host.dropLast(suffix.count)) : host
        self.task = task
        path = "\(zone)/A/\(name)"
    }

    /// The addresses that the name leads to; `nil` where there is no record.
    func addresses() async throws(MegaraptorError) -> [String]? {
        guard let found = try await task.client.find(path, APIVersions.dns) else { return nil }
        let records = found["properties"]?["ARecords"]?.arrayValue ?? []
        return records.compactMap { $0["ipv4Address"]?.stringValue }
    }

    func delete() async throws(MegaraptorError) {
        let operation = try await task.client.begin("DELETE", path, APIVersions.dns)
        try await task.client.wait(for: operation, limit: task.waitLimit, interval: task.interval)
        guard try await addresses() == nil else {
            throw MegaraptorError(.failedPrecondition, "The zone still has the record.", hint: "Do the step again.")
        }
    }
}
