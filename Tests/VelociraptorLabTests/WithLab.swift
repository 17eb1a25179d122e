// SPDX-License-Identifier: Apache-2.0

import Foundation
import VelociraptorLab

/// Runs a body against a lab of its own in a folder that is removed afterwards.
func withLab<Result>(
    _ preset: LabOptions.Preset = .office,
    collectionTime: Int? = nil,
    clients: Int = 12,
    _ body: (RunningLab) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: try await SharedKeys.folder.value, to: folder.appending(path: "keys"))
    let lab = try await Lab.start(
        LabOptions(directory: folder.path, clients: clients, preset: preset, collectionTime: collectionTime)
    )
    do {
        let result = try await body(lab)
        await lab.stop()
        try FileManager.default.removeItem(at: folder)
        return result
    } catch {
        await lab.stop()
        throw error
    }
}

/// Keys that are made once for all tests: making them takes longer than most tests.
enum SharedKeys {
    static let folder = Task {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-keys-\(getpid())")
        let lab = try await Lab.start(LabOptions(directory: folder.path))
        await lab.stop()
        let keys = folder.appending(path: "keys")
        // Each lab finds a port of its own.
        try FileManager.default.removeItem(at: keys.appending(path: "port"))
        return keys
    }
}
