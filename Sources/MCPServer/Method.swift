// SPDX-License-Identifier: Apache-2.0

import MCPProtocol

/// The requests this server answers.
enum Method: String, Sendable {
    case initialize
    case ping
    case discover = "server/discover"
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listResourceTemplates = "resources/templates/list"
    case readResource = "resources/read"
    case subscribeResource = "resources/subscribe"
    case unsubscribeResource = "resources/unsubscribe"
    case listPrompts = "prompts/list"
    case getPrompt = "prompts/get"
    case complete = "completion/complete"
    case listen = "subscriptions/listen"

    func isServed(in version: ProtocolVersion) -> Bool {
        switch self {
        case .initialize, .ping, .subscribeResource, .unsubscribeResource: !version.has(.stateless)
        case .discover, .listen: version.has(.stateless)
        default: true
        }
    }
}
