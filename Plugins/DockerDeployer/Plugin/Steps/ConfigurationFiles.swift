// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors
import WholeFiles

/// Brings the server's configuration and its folders into the volumes.
///
/// Through the engine's archives, because paths of this machine mean nothing to an engine elsewhere, and because they set
/// the owner: the engine makes new volumes for root, and the server is somebody without rights.
struct ConfigurationFiles: Sendable {
    let task: DockerTask

    func put() async throws(MegaraptorError) -> String {
        let inventory = try await task.inventory()
        try inventory.requireOwn()
        guard let id = inventory.containerID else {
            throw MegaraptorError(.failedPrecondition, "There is no container whose volumes could be filled.")
        }
        try await putFolder(ContainerPaths.datastoreFolder, in: task.names.data, of: id)
        try await putFolder(ContainerPaths.logsFolder, in: task.names.logs, of: id)
        let wanted = TarEntry(
            ContainerPaths.configFile,
            mode: 0o400,
            owner: ContainerPaths.user,
            .bytes(try WholeFile.require(task.deployment.files.serverConfig))
        )
        if try await isThere(wanted, of: id) { return "The configuration is there as it should be." }
        try await task.engine.upload(try TarStream([wanted]), to: task.names.config.target, of: id)
        guard try await isThere(wanted, of: id) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The engine took the configuration, but it is not in the volume as it was sent."
            )
        }
        return "The configuration was put into the volume, readable for the server alone."
    }

    private func isThere(_ wanted: TarEntry, of id: String) async throws(MegaraptorError) -> Bool {
        try await task.engine.file(ContainerPaths.config, of: id) == wanted
    }

    /// Only where it is missing: its owner may have been changed on purpose since.
    private func putFolder(
        _ name: String,
        in volume: ResourceNames.Volume,
        of id: String
    ) async throws(MegaraptorError) {
        guard try await !task.engine.hasPath("\(volume.target)/\(name)", of: id) else { return }
        let folder = TarEntry(name, mode: 0o700, owner: ContainerPaths.user, .folder)
        try await task.engine.upload(try TarStream([folder]), to: volume.target, of: id)
    }
}
