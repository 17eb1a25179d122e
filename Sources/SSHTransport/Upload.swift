// SPDX-License-Identifier: Apache-2.0

/// A file to put on the far side.
///
/// It is written under a temporary name beside its place, readable by its owner only; flushed to the disk where the
/// far side offers that; given its mode; hashed there; then renamed into its place. Whoever looks sees the old file or
/// the whole new one. A failure removes the temporary file, as long as the connection lives.
public struct Upload: Sendable {
    public var source: UploadSource
    /// Absolute, or relative to the user's home.
    public var path: String
    /// Of the finished file.
    public var mode: UInt16
    /// What the content must hash to, in lower-case hexadecimal; nothing is put in place if it does not.
    public var sha256: String?
    /// For the whole of it.
    public var timeLimit: Duration
    /// Called on the connection's thread with bytes done and in all.
    public var progress: @Sendable (Int64, Int64) -> Void

    public init(
        _ source: UploadSource,
        to path: String,
        mode: UInt16,
        sha256: String? = nil,
        timeLimit: Duration = .seconds(1800),
        progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) {
        self.source = source
        self.path = path
        self.mode = mode
        self.sha256 = sha256
        self.timeLimit = timeLimit
        self.progress = progress
    }
}
