// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// The systems that agents run on.
enum AgentSystem: String, Codable, Sendable, CaseIterable {
    case windows, linux, macos

    /// What a rollout can bring there.
    var programs: [AgentProgram.System] {
        switch self {
        case .linux: [.linux]
        case .windows: [.windowsInstaller, .windows]
        case .macos: [.macos]
        }
    }

    /// Names of files that download_velociraptor stores.
    var releases: String {
        switch self {
        case .linux: "linux-amd64-musl, linux-arm64"
        case .windows: "windows-amd64.msi"
        case .macos: "darwin-arm64, darwin-amd64"
        }
    }
}
