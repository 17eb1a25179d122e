// SPDX-License-Identifier: Apache-2.0

package import MegaraptorErrors
internal import SSHTransport

/// How scripts come to run as root on a machine.
package enum Elevation: Sendable {
    /// The user who is logged in is root.
    case none
    /// `sudo` asks for nothing.
    case sudo
    /// `sudo` is given this, on its standard input.
    case sudoWithPassword(String)

    /// Finds out which of them works.
    ///
    /// Whether a password is asked for is settled here, with cached answers left aside (`-k`): a password that sudo does
    /// not ask for would become the input of the script.
    package static func find(_ machine: any Machine, password: String?) async throws(MegaraptorError) -> Elevation {
        let answer = try await machine.run(Script("id -u; if sudo -k -n true 2>/dev/null; then echo free; fi"))
        if answer.lines.first == "0" { return .none }
        if answer.lines.contains("free") { return .sudo }
        guard let password else {
            throw MegaraptorError(
                .permissionDenied,
                "On \(machine.name) the user is not root, and sudo does not work without a password.",
                hint: "Log in as root, allow the user sudo without a password, or give sudo_password_secret.",
                cause: answer.complaint.isEmpty ? nil : answer.complaint
            )
        }
        let elevation = Elevation.sudoWithPassword(password)
        let trial = try await machine.run(try elevation.raised(Script("id -u")))
        guard trial.lines.last == "0" else {
            throw MegaraptorError(
                .permissionDenied,
                "On \(machine.name) sudo does not take the password, or does not let the user become root.",
                hint: "Check the secret that sudo_password_secret names, and the sudoers of that machine."
            )
        }
        return elevation
    }

    package func raised(_ script: Script) throws(MegaraptorError) -> Script {
        var raised = script
        switch self {
        case .none: break
        case .sudo: raised.text = "exec sudo -n -- /bin/sh -c \(ShellWord.literal(Script.preamble + script.text))"
        case .sudoWithPassword(let password):
            raised.text = "exec sudo -k -S -p '' -- /bin/sh -c \(ShellWord.literal(Script.preamble + script.text))"
            raised.input = Array(password.utf8) + [UInt8(ascii: "\n")] + script.input
        }
        return raised
    }
}
