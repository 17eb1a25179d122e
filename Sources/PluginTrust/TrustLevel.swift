// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Why a plugin may be used, or why not.
public enum TrustLevel: Sendable, Hashable, CustomStringConvertible {
    /// It came with the host.
    case bundled
    /// It is as it stands in the lock file.
    case pinned
    case signed(by: String)
    /// The policy is `any`: nobody asked.
    case notChecked
    case untrusted(MegaraptorError)

    public var description: String {
        switch self {
        case .bundled: "bundled"
        case .pinned: "pinned"
        case .signed(let name): "signed by \(name)"
        case .notChecked: "not checked"
        case .untrusted: "not trusted"
        }
    }
}
