// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

/// A program that is kept, with what it was checked against.
public struct StoredBinary: Sendable, Hashable {
    public let asset: ReleaseAsset
    /// Absolute.
    public let path: String
    /// Of the file itself, read back after it was written; lower-case hexadecimal digits.
    public let sha256: String
    public let size: Int64
    /// Whether it was kept before, so that nothing was fetched.
    public let wasKept: Bool

    /// As deployers are told of it.
    public var specification: DeploymentSpecification.Binary {
        DeploymentSpecification.Binary(
            path: path,
            sha256: sha256,
            version: asset.version.description,
            architecture: asset.platform.image.architecture?.rawValue
        )
    }
}
