// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol

/// What one `subscriptions/listen` request wants to hear.
struct Subscription: Sendable {
    let id: RequestID
    var changes: ListChanges
    var resources: Set<String>?
    let reply: ReplyChannel
    let version: ProtocolVersion

    private static let flags: [(name: String, change: ListChanges)] = [
        ("toolsListChanged", .tools),
        ("promptsListChanged", .prompts),
        ("resourcesListChanged", .resources),
    ]

    /// Reads a filter. Types this server does not know are left out, as are addresses of no resource.
    init(_ filter: JSONObject, request: Request) throws(RPCError) {
        id = request.id
        reply = request.reply
        version = request.version
        changes = []
        for (name, change) in Self.flags {
            guard let value = filter[name] else { continue }
            guard let isWanted = value.boolValue else { throw .invalidParams("\(name) must be a boolean") }
            if isWanted { changes.insert(change) }
        }
        guard let list = filter["resourceSubscriptions"] else { return }
        guard let uris = list.arrayValue, uris.allSatisfy({ $0.stringValue != nil }) else {
            throw .invalidParams("resourceSubscriptions must be an array of strings")
        }
        resources = Set(uris.compactMap(\.stringValue).filter { request.snapshot.pluginID(forResource: $0) != nil })
    }

    /// The filter that is honoured.
    var filter: JSONValue {
        var object: JSONObject = [:]
        for (name, change) in Self.flags where changes.contains(change) { object[name] = true }
        if let resources { object["resourceSubscriptions"] = .array(resources.sorted().map(JSONValue.string)) }
        return .object(object)
    }

    /// The member of `_meta` that ties a message to the subscription, without braces.
    var metaMembers: [UInt8] {
        Array("\"\(MetaKey.subscriptionID)\":".utf8) + id.json
    }

    /// The parameters of a notification on it.
    func params(_ add: (inout ObjectWriter) -> Void = { _ in }) -> [UInt8] {
        var meta = ObjectWriter()
        meta.members(metaMembers)
        var params = ObjectWriter()
        params.raw("_meta", meta.finish())
        add(&params)
        return params.finish()
    }
}
