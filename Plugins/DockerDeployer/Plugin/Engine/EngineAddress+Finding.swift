// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

extension EngineAddress {
    /// The address that was asked for; else that of the environment; else the first socket of this machine that is there.
    ///
    /// Where there is none it is Docker's usual socket, whose absence the connection then tells.
    static func find(_ asked: String?) throws(MegaraptorError) -> EngineAddress {
        if let asked { return try EngineAddress(asked) }
        if let host = environment("DOCKER_HOST") { return try EngineAddress(host) }
        return .unix(path: candidates().first(where: isSocket) ?? defaultSocket)
    }

    private static func candidates() -> [String] {
        let runtime = environment("XDG_RUNTIME_DIR")
        let own = runtime.map { ["\($0)/docker.sock", "\($0)/podman/podman.sock"] } ?? []
        return [defaultSocket] + own + ["/run/podman/podman.sock"]
    }

    private static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    static func environment(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
