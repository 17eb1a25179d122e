// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// What a file of a release runs on. There are no others: no Windows on ARM, no 32-bit Linux, and no packages but MSI.
public enum ReleasePlatform: String, Sendable, Hashable, CaseIterable {
    case linuxAMD64 = "linux-amd64"
    case linuxARM64 = "linux-arm64"
    case linuxAMD64Musl = "linux-amd64-musl"
    case linuxAMD64SumoMusl = "linux-amd64-sumo-musl"
    case darwinAMD64 = "darwin-amd64"
    case darwinARM64 = "darwin-arm64"
    case freebsdAMD64 = "freebsd-amd64"
    case windowsAMD64 = "windows-amd64.exe"
    case windows386 = "windows-386.exe"
    case windowsAMD64Legacy = "windows-amd64-legacy.exe"
    case windows386Legacy = "windows-386-legacy.exe"
    case windowsAMD64Installer = "windows-amd64.msi"
    case windows386Installer = "windows-386.msi"

    /// Needs no library of the system, so it is the one for servers, containers and agents alike.
    public static let anyLinux = linuxAMD64Musl

    /// - Throws: `invalidArgument` that names all platforms, and the one that was probably meant.
    public static func named(_ name: String) throws(MegaraptorError) -> ReleasePlatform {
        if let platform = ReleasePlatform(rawValue: name) { return platform }
        let known = allCases.map(\.rawValue)
        throw MegaraptorError(
            .invalidArgument,
            "No file of a release is called '\(name.prefix(60))'. There are: \(known.joined(separator: ", ")).",
            hint: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" } ?? ""
        )
    }

    /// What the file must be.
    var image: ProgramImage {
        switch self {
        case .linuxAMD64, .linuxAMD64Musl, .linuxAMD64SumoMusl: ProgramImage(.elf, .amd64)
        case .linuxARM64: ProgramImage(.elf, .arm64)
        case .freebsdAMD64: ProgramImage(.freeBSD, .amd64)
        case .darwinAMD64: ProgramImage(.machO, .amd64)
        case .darwinARM64: ProgramImage(.machO, .arm64)
        case .windowsAMD64, .windowsAMD64Legacy: ProgramImage(.pe, .amd64)
        case .windows386, .windows386Legacy: ProgramImage(.pe, .i386)
        case .windowsAMD64Installer, .windows386Installer: ProgramImage(.installer, nil)
        }
    }
}
