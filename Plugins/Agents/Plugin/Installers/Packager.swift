// SPDX-License-Identifier: Apache-2.0

import ChildProcesses
import Glibc
import JSONValue
import MegaraptorErrors
import WholeFiles

/// A Velociraptor program that runs on this machine and packs agents offline. How it is called and what it answers was
/// seen with 0.77.2.
struct Packager: Sendable {
    let path: String

    /// - Throws: `failed_precondition` where it does not run here, or is no Velociraptor.
    init(_ path: String) async throws(MegaraptorError) {
        guard path.hasPrefix("/") else {
            throw MegaraptorError(.invalidArgument, "packager must be an absolute path, and \"\(path)\" is none.")
        }
        self.path = path
        let result = try await run(["version"], .seconds(30))
        guard result.isSuccess, result.output.contains("name: velociraptor") else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) is no Velociraptor that runs on this machine.",
                hint: "Give one for this machine's system: download_velociraptor stores linux-amd64-musl by default.",
                cause: Self.tail(result)
            )
        }
    }

    /// The packager at a path, where one is given.
    static func optional(_ path: String?) async throws(MegaraptorError) -> Packager? {
        guard let path else { return nil }
        return try await Packager(path)
    }

    /// A package of the kind, made in `folder`, around `program`.
    ///
    /// - Returns: the package's path.
    func package(
        _ kind: LinuxPackageKind,
        config: String,
        program: String,
        in folder: String
    ) async throws(MegaraptorError) -> String {
        let words = ["--config", config, kind.rawValue, "client", "--output", folder, "--binary", program]
        return try await made(words) { $0["OSPath"] }
    }

    /// A copy of an MSI of the vendor's with this configuration in it.
    func repack(installer: String, config: String, to target: String) async throws(MegaraptorError) {
        let words = ["config", "repack", "--msi", installer, config, target]
        let result = try await require(words)
        // It has ended well without making anything.
        guard access(target, R_OK) == 0 else { throw nothingMade(words, result) }
    }

    // MARK: - Running

    /// Runs a command that answers with rows in JSON, one of which tells what it made. Its log goes to the errors.
    ///
    /// - Parameter path: where a row tells it.
    /// - Returns: a file that is there.
    func made(
        _ words: [String],
        _ path: (JSONValue) -> JSONValue?
    ) async throws(MegaraptorError) -> String {
        let result = try await require(words)
        let rows: [JSONValue]
        do {
            let json = try JSONValue(json: result.output)
            rows = json.arrayValue ?? [json]
        } catch {
            throw MegaraptorError(
                .failedPrecondition,
                "What Velociraptor's command \"\(Self.shown(words))\" made cannot be read: \(error).",
                hint: "Versions other than 0.77 may answer otherwise.",
                cause: Self.tail(result)
            )
        }
        for row in rows {
            if let made = path(row)?.stringValue, access(made, R_OK) == 0 { return made }
        }
        throw nothingMade(words, result)
    }

    func require(
        _ words: [String],
        _ limit: Duration = .seconds(300)
    ) async throws(MegaraptorError) -> ChildResult {
        let result = try await run(words, limit)
        guard result.isSuccess else {
            throw MegaraptorError(
                .failedPrecondition,
                "Velociraptor's command \"\(Self.shown(words))\" failed with exit code \(result.status).",
                hint: "Its last words say why.",
                cause: Self.tail(result)
            )
        }
        return result
    }

    private func run(_ words: [String], _ limit: Duration) async throws(MegaraptorError) -> ChildResult {
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]
        return try await ChildCommand([path] + words, environment: environment, timeLimit: limit).run()
    }

    private func nothingMade(_ words: [String], _ result: ChildResult) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "Velociraptor's command \"\(Self.shown(words))\" ended well and made nothing.",
            hint: "This happens where the program to pack is none of Velociraptor's.",
            cause: Self.tail(result)
        )
    }

    private static func shown(_ words: [String]) -> String {
        words.filter { !$0.hasPrefix("/") }.joined(separator: " ")
    }

    private static func tail(_ result: ChildResult) -> String {
        String((result.errors + result.output).split(separator: "\n").suffix(5).joined(separator: "\n").suffix(1000))
    }
}

/// What Linux machines install.
enum LinuxPackageKind: String, Sendable {
    case deb = "debian"
    case rpm

    var suffix: String { self == .deb ? ".deb" : ".rpm" }
}
