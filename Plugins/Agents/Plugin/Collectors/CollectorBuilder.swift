// SPDX-License-Identifier: Apache-2.0

import ChildProcesses
import JSONValue
import MegaraptorErrors
import WholeFiles

/// Builds a collector offline with the vendor's own commands, in a datastore that goes afterwards.
struct CollectorBuilder: Sendable {
    let packager: Packager
    /// What is packed: an absolute path.
    let program: String
    let version: String
    let specification: CollectorSpecification
    let folder: ArtefactFolder

    /// - Returns: the collector's name in the folder.
    func callAsFunction() async throws(MegaraptorError) -> String {
        let scratch = try TemporaryFolder("\(folder.path).parts-")
        defer { scratch.remove() }
        let config = try await datastore(scratch.path)
        try await requireArtifacts(config)
        // Otherwise the vendor's program would fetch the release from the internet.
        _ = try await packager.require([
            "--config", config, "tools", "upload", "--name", specification.tool, "--tool_version", version, program,
        ])
        let place = "\(scratch.path)/spec.yaml"
        try PrivateFile.replace(place, with: Array(specification.text.utf8))
        let made = try await packager.made(["collector", "--datastore", scratch.path, place]) {
            $0["Repacked"]?["Path"]
        }
        let name = specification.name + (specification.system == .windows ? ".exe" : "")
        try PrivateFile.move(made, to: "\(folder.path)/\(name)")
        try folder.makeProgram(name)
        return name
    }

    /// A server's configuration for this build alone, with its own authority.
    private func datastore(_ path: String) async throws(MegaraptorError) -> String {
        let merge: JSONValue = [
            "Datastore": ["location": .string(path), "filestore_directory": .string(path)],
            "Logging": ["output_directory": .string("\(path)/logs")],
        ]
        let made = try await packager.require(["config", "generate", "--merge", merge.json()])
        let config = "\(path)/server.config.yaml"
        try PrivateFile.replace(config, with: Array(made.output.utf8))
        return config
    }

    /// A collector with an artifact that does not exist is built all the same, and collects nothing of it.
    private func requireArtifacts(_ config: String) async throws(MegaraptorError) {
        let known = Set(
            try await packager.require(["--config", config, "artifacts", "list"]).output
                .split(whereSeparator: \.isNewline).map { $0.trimmingPrefix { $0.isWhitespace } }.map(String.init)
        )
        let unknown = specification.artifacts.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw MegaraptorError(
                .notFound,
                "This Velociraptor has no artifact \(unknown.joined(separator: ", ")).",
                hint: "list_artifacts tells those of a server; only those that are built in come into a collector."
            )
        }
    }
}
