// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors
import Testing

@Suite("Names of releases")
struct ReleaseTests {
    private static let places: [(String, ReleasePlatform, String)] = [
        ("0.77.1", .linuxAMD64Musl, "v0.77.1/velociraptor-v0.77.1-linux-amd64-musl"),
        ("0.74.1", .linuxAMD64, "v0.74/velociraptor-v0.74.1-linux-amd64"),
        ("v0.76.5", .windowsAMD64Installer, "v0.76/velociraptor-v0.76.5-windows-amd64.msi"),
        ("0.78.0", .darwinARM64, "v0.78.0/velociraptor-v0.78.0-darwin-arm64"),
        ("1.0.0", .linuxARM64, "v1.0.0/velociraptor-v1.0.0-linux-arm64"),
    ]

    @Test("A file lies where the vendor puts it, by the rule of its series", arguments: places)
    func urls(version: String, platform: ReleasePlatform, end: String) throws {
        let asset = ReleaseAsset(try VelociraptorVersion(version), platform)
        #expect(asset.url() == "https://github.com/Velocidex/velociraptor/releases/download/" + end)
        #expect(asset.url(base: "https://mirror.example/v/") == "https://mirror.example/v/" + end)
        #expect(asset.signatureURL(base: "/srv/mirror") == "/srv/mirror/" + end + ".sig")
    }

    @Test(
        "What is no release is refused: the newest one least of all",
        arguments: [
            "latest", "", "0.77", "0.77.2.1", "0.77.x", "0.77.-1", "0.77.2-linux", "../0.77.2", "0.7 7.2",
            "0.77.999999",
        ]
    )
    func versions(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try VelociraptorVersion(text) }
        #expect(error?.code == .invalidArgument && error?.hint.contains("0.77.2") == true)
    }

    @Test("Versions are compared by their numbers")
    func order() throws {
        #expect(try VelociraptorVersion("0.9.10") < VelociraptorVersion("0.77.2"))
        #expect(try VelociraptorVersion("0.77.2") == .known)
    }

    @Test("There is no file for a machine that the vendor does not build for")
    func platforms() throws {
        #expect(try ReleasePlatform.named("linux-amd64-musl") == .anyLinux)
        let error = #expect(throws: MegaraptorError.self) { try ReleasePlatform.named("linux-amd64-must") }
        #expect(error?.hint == "Did you mean 'linux-amd64-musl'?")
        for name in ["windows-arm64.exe", "linux-386", "darwin-amd64.pkg", "linux-amd64.deb"] {
            #expect(throws: MegaraptorError.self) { try ReleasePlatform.named(name) }
        }
    }

    @Test("Sources are URLs and absolute paths")
    func sources() throws {
        #expect(try BinarySource("file:///srv/v") == .file("/srv/v"))
        #expect(try BinarySource("/srv/v") == .file("/srv/v"))
        #expect(try BinarySource("https://a/b") == .url("https://a/b"))
        for text in ["v", "ftp://a/b", "file://host/v", "file:///a%20b", "", "javascript:x"] {
            #expect(throws: MegaraptorError.self) { try BinarySource(text) }
        }
    }

    @Test("Checksums are whole, and found by the file's name")
    func checksums() throws {
        let sum = String(repeating: "Ab", count: 32)
        let asset = ReleaseAsset(.known, .anyLinux)
        let table = try ChecksumTable(["velociraptor-v0.77.2-linux-amd64-musl": sum])
        #expect(table[asset] == sum.lowercased())
        #expect(table[ReleaseAsset(.known, .linuxAMD64)] == nil)
        for text in ["", "ab", sum + "ab", String(repeating: "zz", count: 32)] {
            #expect(throws: MegaraptorError.self) { try ChecksumTable(["a": text]) }
        }
    }
}
