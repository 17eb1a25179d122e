// SPDX-License-Identifier: Apache-2.0

/// What an endpoint runs, in the words of Velociraptor.
enum OperatingSystem: String, Sendable, Hashable {
    case windows
    case linux
    case darwin
}

/// The release an endpoint reports when it is interrogated.
struct SystemRelease: Sendable, Hashable {
    var system: OperatingSystem
    /// `os_info.release`: the platform with its version.
    var release: String
    var platform: String
    var platformVersion: String
    var kernel: String
    var machine = "amd64"

    static let windows11 = SystemRelease(
        system: .windows,
        release: "Microsoft Windows 11 Pro10.0.22631.4460 Build 22631.4460",
        platform: "Microsoft Windows 11 Pro",
        platformVersion: "10.0.22631.4460 Build 22631.4460",
        kernel: "10.0.22631.4460 Build 22631.4460"
    )
    static let windows10 = SystemRelease(
        system: .windows,
        release: "Microsoft Windows 10 Pro10.0.19045.5131 Build 19045.5131",
        platform: "Microsoft Windows 10 Pro",
        platformVersion: "10.0.19045.5131 Build 19045.5131",
        kernel: "10.0.19045.5131 Build 19045.5131"
    )
    static let windowsServer2022 = SystemRelease(
        system: .windows,
        release: "Microsoft Windows Server 2022 Standard10.0.20348.2849 Build 20348.2849",
        platform: "Microsoft Windows Server 2022 Standard",
        platformVersion: "10.0.20348.2849 Build 20348.2849",
        kernel: "10.0.20348.2849 Build 20348.2849"
    )
    static let debian12 = SystemRelease(
        system: .linux,
        release: "debian12.11",
        platform: "debian",
        platformVersion: "12.11",
        kernel: "6.1.0-37-amd64"
    )
    static let ubuntu2204 = SystemRelease(
        system: .linux,
        release: "ubuntu22.04",
        platform: "ubuntu",
        platformVersion: "22.04",
        kernel: "5.15.0-140-generic"
    )
    static let macOS15 = SystemRelease(
        system: .darwin,
        release: "darwin15.5",
        platform: "darwin",
        platformVersion: "15.5",
        kernel: "24.5.0",
        machine: "arm64"
    )
}
