// SPDX-License-Identifier: Apache-2.0

import ChildProcesses
import Glibc
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// Makes an RPM with `rpmbuild`, where this machine has it. Its parts are laid out in a folder that goes afterwards.
struct RPMBuild: Sendable {
    /// Where the folder with the parts is made.
    let folder: String
    let program: String
    let config: String
    let version: String
    /// As rpm has it: `x86_64`, `aarch64`.
    let architecture: String

    /// - Returns: the package's path.
    func callAsFunction() async throws(MegaraptorError) -> String {
        let places = ["/usr/bin/rpmbuild", "/usr/local/bin/rpmbuild"]
        guard let rpmbuild = places.first(where: { access($0, X_OK) == 0 }) else {
            throw MegaraptorError(
                .failedPrecondition,
                "This machine has no rpmbuild.",
                hint:
                    "Install it (rpm on Debian, rpm-build on Fedora), or give a Velociraptor as packager that runs here."
            )
        }
        try PrivateFile.replace("\(folder)/\(LinuxAgent.service).service", with: Array(LinuxAgent.unit.utf8))
        try PrivateFile.replace("\(folder)/agent.spec", with: Array(specification.utf8))
        let words = [
            rpmbuild, "-bb", "--quiet", "--target", architecture, "--define", "_topdir \(folder)",
            "\(folder)/agent.spec",
        ]
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder]
        let result = try await ChildCommand(words, environment: environment, timeLimit: .seconds(300)).run()
        guard result.isSuccess, let made = try package() else {
            throw MegaraptorError(
                .failedPrecondition,
                "rpmbuild failed with exit code \(result.status).",
                cause: String(result.errors.suffix(1000))
            )
        }
        return made
    }

    private func package() throws(MegaraptorError) -> String? {
        let made = "\(folder)/RPMS/\(architecture)"
        return try FolderListing.names(made)?.first { $0.hasSuffix(".rpm") }.map { "\(made)/\($0)" }
    }

    /// Nothing is compiled or stripped: a stripped program would lose the place for its configuration.
    private var specification: String {
        """
        %global debug_package %{nil}
        %global __os_install_post %{nil}
        %global _build_id_links none
        Name: \(LinuxAgent.package)
        Version: \(version.replacing("-", with: "~"))
        Release: 1
        Summary: Velociraptor agent
        License: AGPL-3.0-only
        URL: https://docs.velociraptor.app
        AutoReqProv: no

        %description
        The agent of Velociraptor, with the configuration of one server.

        %install
        install -D -m 0755 \(program) %{buildroot}\(LinuxAgent.program)
        install -D -m 0600 \(config) %{buildroot}\(LinuxAgent.config)
        install -D -m 0644 \(folder)/\(LinuxAgent.service).service %{buildroot}\(LinuxAgent.unitPath)

        %files
        %attr(0755, root, root) \(LinuxAgent.program)
        %attr(0600, root, root) \(LinuxAgent.config)
        %attr(0644, root, root) \(LinuxAgent.unitPath)
        %dir %attr(0755, root, root) \(LinuxAgent.configFolder)

        %post
        \(LinuxPackageScripts.started)

        %preun
        if [ "$1" = 0 ]; then
        \(LinuxPackageScripts.stopped)
        fi

        %postun
        \(LinuxPackageScripts.reloaded)

        """
    }
}
