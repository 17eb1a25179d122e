// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors

/// What a package for Group Policy is made of.
struct GroupPolicyRequest: Sendable {
    let enrolment: Enrolment
    let domainController: String
    /// The vendor's MSI.
    let program: AgentProgram
    /// `nil` where the MSI stays as it is.
    let packager: Packager?

    static let share = "VelociraptorAgent$"
    static let config = "client.config.yaml"
    static let markdown = "INSTRUCTIONS.md"
    static let html = "INSTRUCTIONS.html"

    init(
        enrolment: Enrolment,
        domainController: String,
        program: String?,
        packager: String?
    ) async throws(MegaraptorError) {
        guard let program else {
            throw MegaraptorError(
                .invalidArgument,
                "No program is given, and Group Policy installs nothing but an MSI.",
                hint: "download_velociraptor stores the vendor's windows-amd64.msi and tells its path."
            )
        }
        self.enrolment = enrolment
        self.domainController = domainController
        self.program = try await AgentProgram(examining: program)
        guard self.program.system == .windowsInstaller else {
            throw MegaraptorError(
                .invalidArgument,
                "\(program) is for \(self.program.system.rawValue), and no MSI.",
                hint: "Group Policy installs an MSI: download_velociraptor stores windows-amd64.msi."
            )
        }
        self.packager = try await Packager.optional(packager)
    }

    var isRepacked: Bool { packager != nil }

    var payload: String { isRepacked ? "velociraptor-\(enrolment.deploymentID).msi" : "velociraptor.msi" }

    /// Where machines find the folder's files.
    var sharedFolder: String { #"\\\#(domainController)\\#(Self.share)"# }
}
