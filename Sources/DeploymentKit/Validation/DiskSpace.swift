// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
internal import Glibc

/// The room on the disk of a path. When a server's disk is full, agents get errors and evidence is not kept.
public struct DiskSpace: Sendable, Hashable {
    /// For users without privilege, in bytes.
    public let free: Int64
    public let whole: Int64

    /// Less than this, in bytes, is a failure.
    public static let least: Int64 = 1 << 30
    /// Less than this, in bytes, is a warning, and so is less than a tenth of the disk.
    public static let sensible: Int64 = 10 << 30

    public init(free: Int64, whole: Int64) {
        self.free = free
        self.whole = whole
    }

    /// Asks the system; `nil` where it cannot say.
    public init?(path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let block = Int64(status.f_frsize)
        self.init(free: Int64(status.f_bavail) * block, whole: Int64(status.f_blocks) * block)
    }

    /// The check `disk.<purpose>` of a path on this machine.
    public static func check(_ purpose: String, path: String) -> DeploymentCheck {
        guard let space = DiskSpace(path: path) else {
            return DeploymentCheck("disk.\(purpose)", .unknown, "The disk of \(path) cannot be asked.")
        }
        return space.check(purpose, path: path)
    }

    /// The check `disk.<purpose>` of these figures.
    public func check(_ purpose: String, path: String) -> DeploymentCheck {
        let text = "\(free >> 20) MiB of \(whole >> 20) MiB are free at \(path)"
        let name = "disk.\(purpose)"
        if free < Self.least { return DeploymentCheck(name, .failed, text + ": collections will fail.") }
        if free < Self.sensible || free < whole / 10 {
            return DeploymentCheck(name, .warning, text + ": a few collections can fill it.")
        }
        return DeploymentCheck(name, .ok, text + ".")
    }
}
