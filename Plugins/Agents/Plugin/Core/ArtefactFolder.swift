// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import SystemPackage
import WholeFiles

/// A folder with what was made for agents, and with the sums of all of it. The owner's alone: a client configuration lets
/// anybody enrol.
struct ArtefactFolder: Sendable {
    static let sums = "SHA256SUMS"

    let path: String

    /// - Parameters:
    ///   - chosen: somebody's choice, which must not exist yet, so that nothing of theirs is written over.
    ///   - usual: where it lies otherwise. What an earlier call made there goes.
    init(_ chosen: String?, usual: String) throws(MegaraptorError) {
        if let chosen {
            try PrivateFile.makeNewFolder(chosen, named: "output_path")
            path = chosen
        } else {
            try PrivateFile.makeFolder(FilePath(usual))
            path = usual
            for name in try FolderListing.names(usual) ?? [] { FileTree.remove("\(usual)/\(name)") }
        }
    }

    func write(_ name: String, _ text: String, isProgram: Bool = false) throws(MegaraptorError) {
        try makeRoom(for: name)
        try PrivateFile.replace("\(path)/\(name)", with: Array(text.utf8))
        if isProgram { try makeProgram(name) }
    }

    func makeProgram(_ name: String) throws(MegaraptorError) {
        guard chmod("\(path)/\(name)", 0o700) == 0 else {
            throw MegaraptorError(
                .internal,
                "\(path)/\(name) cannot be made a program: \(String(cString: strerror(errno)))."
            )
        }
    }

    /// Copies a file of this machine.
    func copy(_ source: String, as name: String) throws(MegaraptorError) {
        try makeRoom(for: name)
        let target = "\(path)/\(name)"
        let (from, to) = (
            open(source, O_RDONLY | O_CLOEXEC), open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        )
        defer { for descriptor in [from, to] where descriptor >= 0 { close(descriptor) } }
        guard from >= 0, to >= 0 else {
            throw MegaraptorError(.internal, "\(source) cannot be copied: \(String(cString: strerror(errno))).")
        }
        while true {
            let count = sendfile(to, from, nil, 1 << 30)
            guard count >= 0 else {
                throw MegaraptorError(.internal, "\(target) cannot be written: \(String(cString: strerror(errno))).")
            }
            if count == 0 { break }
        }
    }

    /// Writes the sums of all files, for `sha256sum --check`, and tells them.
    func seal() async throws(MegaraptorError) -> [Artefact] {
        var files: [Artefact] = []
        for name in try fileNames() where name != Self.sums {
            files.append(try await Artefact(name, in: path))
        }
        try write(Self.sums, files.map { "\($0.sha256)  \($0.name)\n" }.joined())
        return files
    }
}

/// A file that was made.
struct Artefact: Sendable {
    let name: String
    let path: String
    let size: Int64
    let sha256: String

    init(_ name: String, in folder: String) async throws(MegaraptorError) {
        let path = "\(folder)/\(name)"
        let sums = try await FileSum(path)
        self.name = name
        self.path = path
        size = sums.size
        sha256 = sums.sha256
    }

    var json: JSONValue {
        ["name": .string(name), "path": .string(path), "bytes": .integer(size), "sha256": .string(sha256)]
    }
}
