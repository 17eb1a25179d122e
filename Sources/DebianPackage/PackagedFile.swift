// SPDX-License-Identifier: Apache-2.0

/// A file that a package puts onto a machine.
public struct PackagedFile: Sendable {
    public enum Content: Sendable {
        case bytes([UInt8])
        /// A file of this machine, by its absolute path. It must not change while the package is written.
        case file(String)
    }

    /// Where it comes to lie: absolute, of plain names.
    public var path: String
    /// The permissions, such as `0o755`. The owner is always root.
    public var mode: UInt16
    public var content: Content

    public init(_ path: String, mode: UInt16, _ content: Content) {
        self.path = path
        self.mode = mode
        self.content = content
    }
}
