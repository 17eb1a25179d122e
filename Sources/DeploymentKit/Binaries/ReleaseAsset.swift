// SPDX-License-Identifier: Apache-2.0

/// One file of a release.
public struct ReleaseAsset: Sendable, Hashable {
    public let version: VelociraptorVersion
    public let platform: ReleasePlatform

    /// Where the vendor publishes.
    public static let vendor = "https://github.com/Velocidex/velociraptor/releases/download"

    public init(_ version: VelociraptorVersion, _ platform: ReleasePlatform) {
        self.version = version
        self.platform = platform
    }

    /// `velociraptor-v0.77.2-linux-amd64-musl`.
    public var fileName: String { "velociraptor-v\(version)-\(platform.rawValue)" }

    /// Where it lies.
    ///
    /// - Parameter base: the vendor, or a mirror with the same folders: `<base>/<release>/<file>`.
    public func url(base: String = vendor) -> String {
        let base = base.hasSuffix("/") ? String(base.dropLast()) : base
        return "\(base)/\(version.releaseTag)/\(fileName)"
    }

    /// The vendor's detached signature of the same file.
    public func signatureURL(base: String = vendor) -> String { url(base: base) + ".sig" }
}
