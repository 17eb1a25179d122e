// SPDX-License-Identifier: Apache-2.0

import AWSClient
import JSONValue
import MegaraptorErrors

/// The deployment's log groups in CloudWatch, which outlive the stack.
struct LogGroups: Sendable {
    struct Group: Sendable {
        let name: String
        let tags: [String: String]
    }

    let client: AWSClient
    /// What their names begin with: that of the first, and those of later ones with a number after it.
    let prefix: String

    func all() async throws(MegaraptorError) -> [Group] {
        let answer = try await client.json(.logs, "DescribeLogGroups", ["logGroupNamePrefix": .string(prefix)], .safe)
        var groups: [Group] = []
        for found in answer["logGroups"]?.arrayValue ?? [] {
            guard let name = found["logGroupName"]?.stringValue,
                let text = found["logGroupArn"]?.stringValue ?? found["arn"]?.stringValue
            else { continue }
            // In its older form the ARN ends in what means all streams.
            let arn = text.hasSuffix(":*") ? String(text.dropLast(2)) : text
            if let tags = try await tags(arn) { groups.append(Group(name: name, tags: tags)) }
        }
        return groups
    }

    private func tags(_ arn: String) async throws(MegaraptorError) -> [String: String]? {
        let input: JSONObject = ["resourceArn": .string(arn)]
        guard let answer = try await client.jsonIfThere(.logs, "ListTagsForResource", input) else { return nil }
        var tags: [String: String] = [:]
        for (key, value) in answer["tags"]?.objectValue ?? [:] { tags[key] = value.stringValue ?? "" }
        return tags
    }

    /// A name that nobody has.
    func freeName() async throws(MegaraptorError) -> String {
        let taken = Set(try await all().map(\.name))
        var number = 1
        var name = prefix
        while taken.contains(name) {
            number += 1
            name = "\(prefix)-\(number)"
        }
        return name
    }

    /// What is gone already is no fault.
    func delete(_ name: String) async throws(MegaraptorError) {
        _ = try await client.jsonIfThere(.logs, "DeleteLogGroup", ["logGroupName": .string(name)])
    }
}
