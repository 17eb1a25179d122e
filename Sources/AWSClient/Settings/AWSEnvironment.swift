// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The environment variables that the AWS tools heed, and this machine's files.
public struct AWSEnvironment: Sendable {
    private let look: @Sendable (String) -> String?

    /// The process's own environment.
    public static let process = AWSEnvironment { name in getenv(name).map { String(cString: $0) } }

    public init(_ look: @escaping @Sendable (String) -> String?) {
        self.look = look
    }

    public init(_ variables: [String: String]) {
        look = { variables[$0] }
    }

    /// `nil` also for an empty one, as the AWS tools take it.
    public subscript(name: String) -> String? {
        look(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

    var home: String? { self["HOME"] }

    var configFile: String? { self["AWS_CONFIG_FILE"].map(expanded) ?? home.map { "\($0)/.aws/config" } }

    var credentialsFile: String? {
        self["AWS_SHARED_CREDENTIALS_FILE"].map(expanded) ?? home.map { "\($0)/.aws/credentials" }
    }

    /// The variables that a child process gets which is to find the same things.
    static let forChildren = ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "SSH_AUTH_SOCK"]

    private func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home else { return path }
        return home + path.dropFirst()
    }
}
