// SPDX-License-Identifier: Apache-2.0

/// A port of the server, and who may reach it from outside.
public struct OpenPort: Sendable, Hashable {
    public enum Purpose: String, Sendable, CaseIterable {
        case agents, gui, api, ssh

        public var title: String {
            switch self {
            case .agents: "agents"
            case .gui: "GUI"
            case .api: "API"
            case .ssh: "SSH"
            }
        }
    }

    public let purpose: Purpose
    public let port: Int
    /// Empty for nobody.
    public let ranges: [SourceRange]
}
