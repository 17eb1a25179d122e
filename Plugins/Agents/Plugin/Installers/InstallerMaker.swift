// SPDX-License-Identifier: Apache-2.0

import BlockingCalls
import DebianPackage
import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// Makes an installer in a folder.
struct InstallerMaker: Sendable {
    let request: InstallerRequest
    let folder: ArtefactFolder

    /// What was made, and how.
    struct Outcome: Sendable {
        /// The one file that machines are given; `nil` for a folder.
        var package: String?
        /// `vendor` for what Velociraptor itself packed, `template` for what was made here.
        var method: String
        var notes: [String] = []
    }

    func callAsFunction() async throws(MegaraptorError) -> Outcome {
        try request.check()
        switch request.kind {
        case .deb: return try await request.packager == nil ? debian() : repackedPackage(.deb)
        case .rpm: return try await request.packager == nil ? rpm() : repackedPackage(.rpm)
        case .msi: return try await repackedInstaller()
        case .bundle: return try request.system == .windows ? windows() : mac()
        }
    }

    // MARK: - Linux

    private func repackedPackage(_ kind: LinuxPackageKind) async throws(MegaraptorError) -> Outcome {
        guard let packager = request.packager else { return try await kind == .deb ? debian() : rpm() }
        return try await withParts { parts throws(MegaraptorError) in
            let made = try await packager.package(
                kind,
                config: "\(parts)/client.config.yaml",
                program: request.program.path,
                in: parts
            )
            let name = try plainName(made)
            try PrivateFile.move(made, to: "\(folder.path)/\(name)")
            return Outcome(package: name, method: "vendor")
        }
    }

    private func debian() async throws(MegaraptorError) -> Outcome {
        guard let architecture = request.program.architecture else { throw noArchitecture }
        let name = "\(LinuxAgent.package)_\(request.version)_\(architecture).deb"
        let package = DebianPackage(
            name: LinuxAgent.package,
            version: request.version,
            architecture: architecture == "386" ? "i386" : architecture,
            maintainer: "megaraptor-mcp <noreply@invalid>",
            summary: "Velociraptor agent",
            description: ["The agent of Velociraptor, with the configuration of one server."],
            homepage: "https://docs.velociraptor.app",
            files: [
                PackagedFile(LinuxAgent.program, mode: 0o755, .file(request.program.path)),
                PackagedFile(LinuxAgent.config, mode: 0o600, .bytes(Array(request.enrolment.clientConfig.utf8))),
                PackagedFile(LinuxAgent.unitPath, mode: 0o644, .bytes(Array(LinuxAgent.unit.utf8))),
            ],
            scripts: LinuxPackageScripts.debian
        )
        let path = "\(folder.path)/\(name)"
        try await BlockingWork.run { () throws(MegaraptorError) in try package.write(to: path, time: Int64(time(nil))) }
        return Outcome(package: name, method: "template")
    }

    private func rpm() async throws(MegaraptorError) -> Outcome {
        let names = ["amd64": "x86_64", "arm64": "aarch64", "386": "i686"]
        guard let architecture = request.program.architecture.flatMap({ names[$0] }) else { throw noArchitecture }
        return try await withParts { parts throws(MegaraptorError) in
            let made = try await RPMBuild(
                folder: parts,
                program: request.program.path,
                config: "\(parts)/client.config.yaml",
                version: request.version,
                architecture: architecture
            )()
            let name = try plainName(made)
            try PrivateFile.move(made, to: "\(folder.path)/\(name)")
            return Outcome(package: name, method: "template")
        }
    }

    // MARK: - Windows and macOS

    private func repackedInstaller() async throws(MegaraptorError) -> Outcome {
        guard let packager = request.packager else {
            throw MegaraptorError(
                .failedPrecondition,
                "An MSI is repacked by Velociraptor itself, and no packager is given.",
                hint: "Give packager: a Velociraptor that runs on this machine. Or leave installer_type out: the bundle"
                    + " holds the MSI as it is, and the configuration beside it."
            )
        }
        let name = "velociraptor-\(request.enrolment.deploymentID).msi"
        return try await withParts { parts throws(MegaraptorError) in
            try await packager.repack(
                installer: request.program.path,
                config: "\(parts)/client.config.yaml",
                to: "\(folder.path)/\(name)"
            )
            return Outcome(
                package: name,
                method: "vendor",
                notes: [
                    "Repacking breaks the MSI's signature; the program inside stays signed. Sign it again where needed."
                ]
            )
        }
    }

    private func windows() throws(MegaraptorError) -> Outcome {
        let bundle = WindowsBundle(
            isInstaller: request.program.system == .windowsInstaller,
            sha256: request.program.sha256.uppercased()
        )
        try folder.copy(request.program.path, as: bundle.payload)
        try folder.write("client.config.yaml", request.enrolment.clientConfig)
        try folder.write(WindowsBundle.installScript, bundle.installation)
        try folder.write(WindowsBundle.removeScript, WindowsBundle.removal)
        return Outcome(package: nil, method: "template")
    }

    private func mac() throws(MegaraptorError) -> Outcome {
        try folder.copy(request.program.path, as: "velociraptor")
        try folder.write("client.config.yaml", request.enrolment.clientConfig)
        try folder.write(MacBundle.plistName, MacBundle.plist)
        try folder.write(
            MacBundle.installScript,
            MacBundle(sha256: request.program.sha256).installation,
            isProgram: true
        )
        try folder.write(MacBundle.removeScript, MacBundle.removal, isProgram: true)
        return Outcome(
            package: nil,
            method: "template",
            notes: ["Full Disk Access has to be granted by a profile of the device management: no script can."]
        )
    }

    // MARK: - Help

    private var noArchitecture: MegaraptorError {
        MegaraptorError(.failedPrecondition, "\(request.program.path) does not tell for which processor it is.")
    }

    private func plainName(_ path: String) throws(MegaraptorError) -> String {
        guard let name = FilePath(path).lastComponent?.string else {
            throw MegaraptorError(.internal, "\(path) names no file.")
        }
        return name
    }

    /// Runs `body` with a folder beside the artefacts that holds the configuration, and goes afterwards.
    private func withParts(
        _ body: (String) async throws(MegaraptorError) -> Outcome
    ) async throws(MegaraptorError) -> Outcome {
        let parts = try TemporaryFolder("\(folder.path).parts-")
        defer { parts.remove() }
        try PrivateFile.replace("\(parts.path)/client.config.yaml", with: Array(request.enrolment.clientConfig.utf8))
        return try await body(parts.path)
    }
}
