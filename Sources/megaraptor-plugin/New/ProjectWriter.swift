// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import PluginManifest
import SystemPackage

/// Writes a new plugin into a folder that is not there yet, or empty.
struct ProjectWriter {
    let folder: String

    func write(_ project: Project) throws(MegaraptorError) {
        try refuseWhatIsThere()
        for file in project.files {
            let parts = file.path.split(separator: "/").dropLast()
            for count in 0...parts.count {
                try makeFolder(([folder] + parts.prefix(count).map(String.init)).joined(separator: "/"))
            }
            try write(file.text, to: "\(folder)/\(file.path)")
        }
    }

    private func refuseWhatIsThere() throws(MegaraptorError) {
        var info = stat()
        guard lstat(folder, &info) == 0 else { return }
        guard PluginSearch.isFolder(folder), isEmpty else {
            throw MegaraptorError(
                .conflict,
                "\(folder) is there already, and not empty.",
                hint: "Name another folder: nothing is overwritten."
            )
        }
    }

    private var isEmpty: Bool {
        guard let directory = opendir(folder) else { return false }
        defer { closedir(directory) }
        // Every folder holds itself and its parent.
        for _ in 0..<2 { _ = readdir(directory) }
        return readdir(directory) == nil
    }

    private func makeFolder(_ path: String) throws(MegaraptorError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        throw failure("The folder \(path) cannot be made.")
    }

    private func write(_ text: String, to path: String) throws(MegaraptorError) {
        do {
            let file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            _ = try file.closeAfter { try file.writeAll(text.utf8) }
        } catch {
            throw MegaraptorError(.unavailable, "The file \(path) cannot be written.", cause: "\(error)")
        }
    }

    private func failure(_ message: String) -> MegaraptorError {
        MegaraptorError(
            .unavailable,
            message,
            hint: "Check that the folder above it is there and that you may write to it.",
            cause: String(cString: strerror(errno))
        )
    }
}
