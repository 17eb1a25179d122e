// SPDX-License-Identifier: Apache-2.0

/// A right that a user has in an organisation, by the server's name for it.
public struct Permission: Sendable, Hashable, RawRepresentable {
    /// For example `EXECVE`.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let anyQuery = Permission(rawValue: "ANY_QUERY")
    public static let readResults = Permission(rawValue: "READ_RESULTS")
    public static let labelClients = Permission(rawValue: "LABEL_CLIENT")
    public static let collectClient = Permission(rawValue: "COLLECT_CLIENT")
    public static let collectServer = Permission(rawValue: "COLLECT_SERVER")
    public static let startHunt = Permission(rawValue: "START_HUNT")
    public static let machineState = Permission(rawValue: "MACHINE_STATE")
    public static let fileSystemRead = Permission(rawValue: "FILESYSTEM_READ")
    public static let fileSystemWrite = Permission(rawValue: "FILESYSTEM_WRITE")
    public static let serverAdmin = Permission(rawValue: "SERVER_ADMIN")
    public static let impersonation = Permission(rawValue: "IMPERSONATION")
}
