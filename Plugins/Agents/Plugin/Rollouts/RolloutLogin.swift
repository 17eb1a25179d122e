// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// By what a rollout reaches its machines, and how it logs in there. Holds no secret, only the names of some.
enum RolloutLogin: Codable, Sendable, Hashable {
    case ssh(SSHLoginInput)
    case winrm(WinRMLoginInput)

    /// What is said now, and for the rest what was said before.
    ///
    /// - Throws: `invalid_argument` where the two are for other kinds of machines.
    func filled(from former: RolloutLogin, _ rollout: String) throws(MegaraptorError) -> RolloutLogin {
        switch (self, former) {
        case (.ssh(let login), .ssh(let former)): return .ssh(login.filled(from: former))
        case (.winrm(let login), .winrm(let former)): return .winrm(login.filled(from: former))
        case (.ssh, .winrm), (.winrm, .ssh):
            throw MegaraptorError(
                .invalidArgument,
                "The rollout \(rollout) reaches its machines by \(former.name).",
                hint: "Go on with \(former.tool)."
            )
        }
    }

    /// Who logs in where a target does not say it.
    var user: String? {
        switch self {
        case .ssh(let login): login.username
        case .winrm(let login): login.username
        }
    }

    /// Where a target does not say it.
    var port: Int {
        switch self {
        case .ssh(let login): login.port ?? 22
        case .winrm(let login): login.port ?? 5986
        }
    }

    var name: String {
        switch self {
        case .ssh: "ssh"
        case .winrm: "winrm"
        }
    }

    /// By which a rollout goes on.
    var tool: String { "deploy_agents_\(name)" }
}
