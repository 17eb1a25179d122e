// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
public import MegaraptorErrors

/// A program or installer of Velociraptor for agents, as a file on this machine.
public struct AgentProgram: Sendable, Hashable {
    public enum System: String, Sendable, Hashable {
        case linux, macos, windows
        /// The vendor's MSI for Windows.
        case windowsInstaller = "windows_installer"
        case freebsd
    }

    /// Absolute.
    public let path: String
    public let size: Int64
    /// Of the file, in lower-case hexadecimal digits.
    public let sha256: String
    public let system: System
    /// `amd64`, `arm64` or `386`; `nil` where the file does not say it.
    public let architecture: String?

    /// What a file is, by its own bytes. Reads all of it, beside the threads that serve requests.
    ///
    /// - Throws: `invalid_argument` for a path that is not absolute, `not_found`, and `failed_precondition` for what is
    ///   no program, such as an error page that somebody saved under the name of one.
    public init(examining path: String) async throws(MegaraptorError) {
        guard path.hasPrefix("/") else {
            throw MegaraptorError(.invalidArgument, "\"\(path)\" is no absolute path.")
        }
        let file = try await BlockingWork.run { () throws(MegaraptorError) in try ProgramFile(path) }
        guard let file else {
            throw MegaraptorError(
                .notFound,
                "There is no program \(path).",
                hint: "download_velociraptor stores one for each platform and tells its path."
            )
        }
        guard let image = file.image else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) is \(file.guess), and no program.",
                hint: "A page that a failed download left looks so. download_velociraptor checks what it stores."
            )
        }
        self.path = path
        size = file.size
        sha256 = file.sha256
        architecture = image.architecture?.rawValue
        switch image.kind {
        case .elf: system = .linux
        case .freeBSD: system = .freebsd
        case .machO: system = .macos
        case .pe: system = .windows
        case .installer: system = .windowsInstaller
        }
    }
}
