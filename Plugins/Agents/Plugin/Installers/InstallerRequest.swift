// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors

/// What an installer is made of.
struct InstallerRequest: Sendable {
    let enrolment: Enrolment
    let system: AgentSystem
    let kind: InstallerKind
    /// What runs, or is installed, on the machines.
    let program: AgentProgram
    /// `nil` where nothing is repacked.
    let packager: Packager?

    /// Of the program, as far as its file's name or the deployment tells; a package must have one.
    var version: String {
        if let own = enrolment.program, own.sha256 == program.sha256, own.version != ServerProgram.unknownVersion {
            return own.version
        }
        let words = program.path.split(separator: "/").last?.split(separator: "-") ?? []
        guard words.count > 1, words[0] == "velociraptor", words[1].hasPrefix("v") else { return "0" }
        return String(words[1].dropFirst())
    }

    /// - Throws: `invalid_argument` for a program of another system.
    func check() throws(MegaraptorError) {
        let fitting: [AgentProgram.System] =
            switch (system, kind) {
            case (.linux, _): [.linux]
            case (.macos, _): [.macos]
            case (.windows, .msi): [.windowsInstaller]
            case (.windows, _): [.windowsInstaller, .windows]
            }
        guard fitting.contains(program.system) else {
            throw MegaraptorError(
                .invalidArgument,
                "\(program.path) is for \(program.system.rawValue), and the installer for \(system.rawValue).",
                hint: "download_velociraptor stores one for each platform: \(platforms)."
            )
        }
    }

    private var platforms: String {
        switch system {
        case .linux: "linux-amd64-musl, linux-arm64"
        case .macos: "darwin-arm64, darwin-amd64"
        case .windows: "windows-amd64.msi"
        }
    }
}
