// SPDX-License-Identifier: Apache-2.0

import AWSClient
import MegaraptorErrors
import XMLReading

extension Stacks {
    /// - Returns: `nil` where there is none of that name.
    func changeSet(_ name: String, of stack: String) async throws(MegaraptorError) -> ChangeSet? {
        var whole: ChangeSet?
        var next: String?
        repeat {
            var query: QueryParameters = ["ChangeSetName": name, "StackName": stack]
            query.set("NextToken", next)
            guard let result = try await look("DescribeChangeSet", query) else { return nil }
            let page = ChangeSet(result)
            whole = whole.map { $0.adding(page.changes) } ?? page
            next = result.text("NextToken")
        } while next != nil
        return whole
    }

    /// - Returns: false where CloudFormation says at once that there is nothing to update.
    func createChangeSet(
        _ name: String,
        of stack: String,
        template: String,
        parameters: [String: String],
        tags: StackTags
    ) async throws(MegaraptorError) -> Bool {
        var query = Self.definition(stack, template, parameters, tags)
        query.set("ChangeSetName", name)
        query.set("ChangeSetType", "UPDATE")
        query.set("ClientToken", name)
        do {
            _ = try await client.query(.cloudFormation, "CreateChangeSet", query, .safe)
            return true
        } catch {
            if error.message.contains("No updates are to be performed") { return false }
            // An earlier try came through after all.
            guard error.code == .conflict else { throw error }
            return true
        }
    }

    /// - Parameter name: also the token that its events carry.
    func execute(_ name: String, of stack: String) async throws(MegaraptorError) {
        let query: QueryParameters = ["ChangeSetName": name, "StackName": stack, "ClientRequestToken": name]
        _ = try await client.query(.cloudFormation, "ExecuteChangeSet", query, .safe)
    }

    func deleteChangeSet(_ name: String, of stack: String) async throws(MegaraptorError) {
        _ = try await look("DeleteChangeSet", ["ChangeSetName": name, "StackName": stack])
    }
}
