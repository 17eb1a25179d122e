// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors

/// What a playbook is made of.
struct AnsibleRequest: Sendable {
    let enrolment: Enrolment
    /// In the order in which the role speaks of them.
    let platforms: [AgentSystem]
    /// Those that are copied into the role; the others are fetched by the machines.
    let programs: [AgentSystem: AgentProgram]

    init(
        enrolment: Enrolment,
        platforms: [AgentSystem],
        programs: [AgentSystem: String]
    ) async throws(MegaraptorError) {
        guard !platforms.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "No system is included.",
                hint: "Leave one of include_linux, include_windows and include_macos true."
            )
        }
        self.enrolment = enrolment
        self.platforms = platforms
        var examined: [AgentSystem: AgentProgram] = [:]
        for (platform, path) in programs {
            guard platforms.contains(platform) else {
                throw MegaraptorError(
                    .invalidArgument,
                    "program_\(platform.rawValue) is given, and include_\(platform.rawValue) is false.",
                    hint: "Leave one of the two out."
                )
            }
            let program = try await AgentProgram(examining: path)
            guard program.system == platform.fittingPrograms else {
                throw MegaraptorError(
                    .invalidArgument,
                    "\(path) is for \(program.system.rawValue), and program_\(platform.rawValue) is to be another.",
                    hint: "download_velociraptor stores what fits: \(platform.releases)."
                )
            }
            examined[platform] = program
        }
        self.programs = examined
    }

    /// The release that the role would fetch: the server's own, so that agents are not newer than it. Where the server's
    /// program does not say its version, as one that somebody built, the release that this product knows.
    var release: VelociraptorVersion {
        let own = enrolment.program.flatMap { try? VelociraptorVersion($0.version) }
        return own ?? .known
    }

    /// Under which name a program lies in the role's folder `files`.
    func fileName(_ platform: AgentSystem) -> String? {
        guard let program = programs[platform] else { return nil }
        if platform == .windows { return "velociraptor.msi" }
        return "velociraptor-" + ([platform.rawValue, program.architecture].compactMap(\.self)).joined(separator: "-")
    }
}
