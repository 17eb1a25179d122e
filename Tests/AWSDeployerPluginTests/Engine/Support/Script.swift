// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Lets a stack go through states that moto does not have: the last one stays.
final class Script: Sendable {
    private let rest: Mutex<[String]>

    init(_ states: String...) { rest = Mutex(states) }

    func next() -> String { rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "" } }

    /// An answer of DescribeStacks with the next state.
    func status(_ answer: String) -> String {
        let state = next()
        return answer.replacingOccurrences(
            of: "<StackStatus>[A-Z_]*<",
            with: "<StackStatus>\(state)<",
            options: .regularExpression
        )
    }

    /// Events before those that there are, the newest first.
    static func events(_ events: [(resource: String, type: String, status: String, reason: String, token: String)])
        -> @Sendable (String) -> String
    {
        let text = events.enumerated().map { index, event in
            """
            <member><EventId>made-\(index)</EventId><LogicalResourceId>\(event.resource)</LogicalResourceId>\
            <ResourceType>\(event.type)</ResourceType><ResourceStatus>\(event.status)</ResourceStatus>\
            <ResourceStatusReason>\(event.reason)</ResourceStatusReason>\
            <ClientRequestToken>\(event.token)</ClientRequestToken></member>
            """
        }.joined()
        return { $0.replacingOccurrences(of: "<StackEvents>", with: "<StackEvents>" + text) }
    }
}
