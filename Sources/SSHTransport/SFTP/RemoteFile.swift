// SPDX-License-Identifier: Apache-2.0

/// What is known of a file on the far side. Links are not followed.
public struct RemoteFile: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case file
        case folder
        case link
        case other
    }

    struct Attributes {
        var size: UInt64?
        var user: UInt32?
        var group: UInt32?
        var permissions: UInt32?
        var modified: UInt32?
    }

    public let path: String
    public let kind: Kind
    public let size: UInt64
    /// The lower twelve bits of the mode.
    public let mode: UInt16
    public let user: UInt32?
    public let group: UInt32?
    /// Seconds since 1970.
    public let modified: UInt32?

    init(_ path: String, _ attributes: Attributes) {
        self.path = path
        size = attributes.size ?? 0
        mode = UInt16((attributes.permissions ?? 0) & 0o7777)
        user = attributes.user
        group = attributes.group
        modified = attributes.modified
        kind =
            switch (attributes.permissions ?? 0) & 0o170000 {
            case 0o100000: .file
            case 0o040000: .folder
            case 0o120000: .link
            default: .other
            }
    }
}
