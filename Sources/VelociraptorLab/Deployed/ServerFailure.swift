// SPDX-License-Identifier: Apache-2.0

/// Why the server program ends: what it writes after `velociraptor: error: `, and its exit code.
public struct ServerFailure: Error, Sendable, Hashable {
    public var message: String
    public var exitCode: Int32

    public init(_ message: String, exitCode: Int32 = 1) {
        self.message = message
        self.exitCode = exitCode
    }

    /// A fault of the configuration, found while it is read.
    static func loading(_ message: String) -> ServerFailure { ServerFailure("Unable to load config file: " + message) }

    /// A fault that shows when the services are started.
    static func starting(_ message: String) -> ServerFailure { ServerFailure("starting frontend: " + message) }
}
