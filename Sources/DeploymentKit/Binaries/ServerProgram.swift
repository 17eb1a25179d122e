// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
public import DeployerKit
public import MegaraptorErrors

/// The server's program, as a file on this machine.
public enum ServerProgram {
    /// Stands for a version that neither the file's name nor anybody told.
    public static let unknownVersion = "unknown"

    /// What a file is, by its own bytes. Reads all of it, beside the threads that serve requests.
    ///
    /// - Parameter version: where it is `nil` the file's name tells it, if it is that of a release.
    /// - Throws: `invalid_argument` for a path that is not absolute; `failed_precondition` for what is no program for
    ///   Linux, such as an error page that somebody saved under the name of one.
    public static func examined(
        _ path: String,
        version: String?
    ) async throws(MegaraptorError) -> DeploymentSpecification.Binary {
        guard path.hasPrefix("/") else {
            throw MegaraptorError(.invalidArgument, "binary must be an absolute path, and \"\(path)\" is none.")
        }
        let file = try await BlockingWork.run { () throws(MegaraptorError) in try ProgramFile(path) }
        guard let file else {
            throw MegaraptorError(
                .notFound,
                "There is no server program \(path).",
                hint: "download_velociraptor stores one and tells its path."
            )
        }
        guard file.image?.kind == .elf else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) is \(file.guess), and no program for Linux.",
                hint: "A page that a failed download left looks so. download_velociraptor checks what it stores."
            )
        }
        return DeploymentSpecification.Binary(
            path: path,
            sha256: file.sha256,
            version: version ?? versionInName(path) ?? unknownVersion,
            architecture: file.image?.architecture?.rawValue
        )
    }

    /// `velociraptor-v0.77.2-linux-amd64` says 0.77.2.
    private static func versionInName(_ path: String) -> String? {
        let words = path.split(separator: "/").last?.split(separator: "-") ?? []
        guard words.count > 2, words[0] == "velociraptor", words[1].hasPrefix("v") else { return nil }
        return String(words[1].dropFirst())
    }
}
