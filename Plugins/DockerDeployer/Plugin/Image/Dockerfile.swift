// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

/// What an image is built of: a program, the folders that it writes to, and nothing else.
enum Dockerfile {
    /// Changes with what is built, so that images of another make are not taken for it.
    static let revision = "1"

    static func text(base: String?, program: String) -> String {
        let user = "\(ContainerPaths.user):\(ContainerPaths.user)"
        return """
            FROM \(base ?? "scratch")
            COPY velociraptor \(program)
            COPY --chown=\(user) data /var/lib/velociraptor
            COPY --chown=\(user) logs /var/log/velociraptor
            USER \(user)
            ENTRYPOINT ["\(program)"]

            """
    }

    /// Everything that the engine needs to build.
    static func context(
        _ binary: DeploymentSpecification.Binary,
        size: Int64,
        base: String?,
        program: String
    ) throws(MegaraptorError) -> TarStream {
        guard program.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") && $0 != 0x5C }) else {
            throw MegaraptorError(.invalidArgument, "The option program holds characters that no path should have.")
        }
        let user = ContainerPaths.user
        return try TarStream(
            [
                TarEntry("Dockerfile", mode: 0o644, .bytes(Array(text(base: base, program: program).utf8))),
                TarEntry("data", mode: 0o755, .folder),
                TarEntry("data/\(ContainerPaths.datastoreFolder)", mode: 0o700, owner: user, .folder),
                TarEntry("logs", mode: 0o755, .folder),
                TarEntry("logs/\(ContainerPaths.logsFolder)", mode: 0o700, owner: user, .folder),
                TarEntry("velociraptor", mode: 0o755, .file(path: binary.path, size: size)),
            ],
            filesAre: binary.sha256
        )
    }
}
