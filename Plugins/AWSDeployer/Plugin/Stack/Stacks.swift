// SPDX-License-Identifier: Apache-2.0

import AWSClient
import JSONValue
import MegaraptorErrors
import XMLReading

/// CloudFormation's calls for stacks.
struct Stacks: Sendable {
    let client: AWSClient

    /// - Parameter stack: its name, or its id, by which a deleted one is found too.
    /// - Returns: `nil` where there is none.
    func find(_ stack: String) async throws(MegaraptorError) -> Stack? {
        guard let result = try await look("DescribeStacks", ["StackName": stack]) else { return nil }
        return result.list("Stacks").first.flatMap { Stack($0) }
    }

    /// The latest events, newest first.
    func events(_ stack: String, atMost count: Int = 200) async throws(MegaraptorError) -> [StackEvent] {
        var events: [StackEvent] = []
        var next: String?
        repeat {
            var parameters: QueryParameters = ["StackName": stack]
            parameters.set("NextToken", next)
            guard let result = try await look("DescribeStackEvents", parameters) else { break }
            events += result.list("StackEvents").compactMap { StackEvent($0) }
            next = result.text("NextToken")
        } while next != nil && events.count < count
        return Array(events.prefix(count))
    }

    func resources(_ stack: String) async throws(MegaraptorError) -> [StackMember] {
        let result = try await look("DescribeStackResources", ["StackName": stack])
        return result?.list("StackResources").compactMap { StackMember($0) } ?? []
    }

    /// The template as it was handed over.
    func template(_ stack: String) async throws(MegaraptorError) -> String? {
        try await look("GetTemplate", ["StackName": stack, "TemplateStage": "Original"])?.text("TemplateBody")
    }

    func create(
        _ name: String,
        template: String,
        parameters: [String: String],
        tags: StackTags
    ) async throws(MegaraptorError) {
        var query = Self.definition(name, template, parameters, tags)
        query.set("OnFailure", "ROLLBACK")
        query.set("ClientRequestToken", Token.random())
        _ = try await client.query(.cloudFormation, "CreateStack", query, .safe)
    }

    /// - Parameter id: not the name, which a later stack may have.
    func delete(_ id: String) async throws(MegaraptorError) {
        let query: QueryParameters = ["StackName": id, "ClientRequestToken": Token.random()]
        _ = try await client.query(.cloudFormation, "DeleteStack", query, .safe)
    }

    /// - Parameter skipped: the members that are to count as gone back, though they are not.
    func continueRollback(_ name: String, skipping skipped: [String]) async throws(MegaraptorError) {
        var query: QueryParameters = ["StackName": name, "ClientRequestToken": Token.random()]
        query.list("ResourcesToSkip.member", skipped)
        _ = try await client.query(.cloudFormation, "ContinueUpdateRollback", query, .safe)
    }

    static func definition(
        _ name: String,
        _ template: String,
        _ parameters: [String: String],
        _ tags: StackTags
    ) -> QueryParameters {
        var query: QueryParameters = ["StackName": name, "TemplateBody": template]
        let sorted = parameters.sorted { $0.key < $1.key }
        query.list("Parameters.member", of: sorted.map { [("ParameterKey", $0.key), ("ParameterValue", $0.value)] })
        query.list("Capabilities.member", ["CAPABILITY_IAM"])
        query.list("Tags.member", of: tags.all.map { [("Key", $0.key), ("Value", $0.value)] })
        return query
    }

    /// - Returns: `nil` where what is asked for is not there.
    func look(_ action: String, _ parameters: QueryParameters) async throws(MegaraptorError) -> XMLNode? {
        try await client.queryIfThere(.cloudFormation, action, parameters)?["\(action)Result"]
    }
}
