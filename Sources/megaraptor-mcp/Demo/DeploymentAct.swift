// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

/// The demo's second act, where a container engine is there: a server is planned, deployed, looked at and destroyed.
///
/// The lab stands in for the server program too. What is made lies in a folder of its own and is gone afterwards.
struct DeploymentAct {
    let folder: String
    /// Where the programs lie.
    let programs: String

    func play() throws {
        var session = try DemoSession(
            program: RunningProgram.path,
            ["--toolsets", "default,deploy"],
            environment: [
                "XDG_DATA_HOME": "\(folder)/data", "XDG_CONFIG_HOME": "\(folder)/config",
                "XDG_STATE_HOME": "\(folder)/state", "XDG_CACHE_HOME": "\(folder)/cache",
            ]
        )
        try session.open("Second act: where there is no server yet", listsTools: false)
        guard let image = try baseImage(for: try session.read("velociraptor://deployments")) else {
            return try session.close()
        }
        defer { image.remove() }
        for step in try DemoStep.deployment(binary: "\(programs)/megaraptor-lab") {
            try session.perform(step)
        }
        try session.close()
    }

    /// `nil` where no engine can be used; the reason is told.
    private func baseImage(for deployments: JSONValue) throws -> DemoImage? {
        let deployers = deployments["deployers"]?.arrayValue ?? []
        guard let docker = deployers.first(where: { $0["name"] == "docker" }), docker["usable"] == true else {
            Transcript.note("No container engine can be used here, so this act is left out.")
            Transcript.note("Start Docker, or `podman system service`, to see it.")
            return nil
        }
        guard let image = DemoImage(lab: "\(programs)/megaraptor-lab", folder: folder) else {
            Transcript.note(
                "The engine answers, but neither `docker` nor `podman` is there to give it the lab as an image."
            )
            return nil
        }
        Transcript.note("A container engine is there, and has the lab as an image: \(DemoImage.name)")
        return image
    }
}
