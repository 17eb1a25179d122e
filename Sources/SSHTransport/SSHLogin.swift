// SPDX-License-Identifier: Apache-2.0

/// One way to prove who we are. It does not show its secrets when it is printed.
public enum SSHLogin: Sendable {
    /// Every key of an agent; `nil` for the one that `SSH_AUTH_SOCK` names.
    case agent(socket: String?)
    case keyFile(path: String, passphrase: String?)
    /// By the method `password`, or by the one question of `keyboard-interactive`.
    case password(String)

    /// How it is called in errors.
    var name: String {
        switch self {
        case .agent: "agent"
        case .keyFile(let path, _): "key file \(path)"
        case .password: "password"
        }
    }
}

extension SSHLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[\(name)]" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
