// SPDX-License-Identifier: Apache-2.0

import AWSClient
import JSONValue
import MegaraptorErrors
import XMLReading

/// EC2's calls for what carries the deployment's tag.
struct Machines: Sendable {
    let client: AWSClient
    let tags: StackTags

    /// Without those that are gone: EC2 tells of them for an hour.
    func all() async throws(MegaraptorError) -> [Machine] {
        let states = ["pending", "running", "stopping", "stopped"]
        let reservations = try await ours("DescribeInstances", "reservationSet", [("instance-state-name", states)])
        return reservations.flatMap { $0.list("instancesSet") }.compactMap { Machine($0) }
    }

    func volumes() async throws(MegaraptorError) -> [Storage] {
        try await ours("DescribeVolumes", "volumeSet").compactMap { Storage($0, idName: "volumeId") }
            .filter { $0.state != "deleted" && $0.state != "deleting" }
    }

    func snapshots() async throws(MegaraptorError) -> [Storage] {
        try await ours("DescribeSnapshots", "snapshotSet", owner: "self").compactMap {
            Storage($0, idName: "snapshotId")
        }
    }

    func deleteVolume(_ id: String) async throws(MegaraptorError) {
        try await remove("DeleteVolume", ["VolumeId": id])
    }

    func deleteSnapshot(_ id: String) async throws(MegaraptorError) {
        try await remove("DeleteSnapshot", ["SnapshotId": id])
    }

    func reboot(_ id: String) async throws(MegaraptorError) {
        _ = try await client.query(.ec2, "RebootInstances", ["InstanceId.1": id], .unsafe)
    }

    func tag(_ id: String, _ key: String, _ value: String) async throws(MegaraptorError) {
        let query: QueryParameters = ["ResourceId.1": id, "Tag.1.Key": key, "Tag.1.Value": value]
        _ = try await client.query(.ec2, "CreateTags", query, .safe)
    }

    /// What EC2's own checks of the hardware and of the system say: `ok`, `initializing`, `impaired`, `insufficient-data`;
    /// `nil` where they say nothing yet.
    func checks(_ id: String) async throws(MegaraptorError) -> [String: String]? {
        let answer = try await client.query(.ec2, "DescribeInstanceStatus", ["InstanceId.1": id], .safe)
        guard let status = answer.list("instanceStatusSet").first else { return nil }
        return [
            "system": status["systemStatus"]?.text("status") ?? "unknown",
            "instance": status["instanceStatus"]?.text("status") ?? "unknown",
        ]
    }

    /// What the machine wrote to its console lately; at most 64 KiB. Types that are not Nitro have only what was noted at
    /// the latest start or stop.
    func console(_ id: String) async throws(MegaraptorError) -> String {
        let answer: XMLNode
        do {
            answer = try await client.query(.ec2, "GetConsoleOutput", ["InstanceId": id, "Latest": "true"], .safe)
        } catch {
            guard error.details["aws_code"]?.stringValue == "UnsupportedOperation" else { throw error }
            answer = try await client.query(.ec2, "GetConsoleOutput", ["InstanceId": id], .safe)
        }
        let text = (answer.text("output") ?? "").filter { !$0.isWhitespace }
        return Base64.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    // MARK: - Asking

    /// All pages of what carries the deployment's tag.
    private func ours(
        _ action: String,
        _ list: String,
        _ filters: [(name: String, values: [String])] = [],
        owner: String? = nil
    ) async throws(MegaraptorError) -> [XMLNode] {
        var found: [XMLNode] = []
        var next: String?
        repeat {
            var query: QueryParameters = [:]
            query.set("Owner.1", owner)
            let all = [(name: "tag:\(tags.own.key)", values: [tags.own.value])] + filters
            for (index, filter) in all.enumerated() {
                query.set("Filter.\(index + 1).Name", filter.name)
                query.list("Filter.\(index + 1).Value", filter.values)
            }
            query.set("NextToken", next)
            let answer = try await client.query(.ec2, action, query, .safe)
            found += answer.list(list)
            next = answer.text("nextToken")
        } while next != nil
        return found
    }

    /// What is gone already is no fault.
    private func remove(_ action: String, _ query: QueryParameters) async throws(MegaraptorError) {
        _ = try await client.queryIfThere(.ec2, action, query)
    }
}
