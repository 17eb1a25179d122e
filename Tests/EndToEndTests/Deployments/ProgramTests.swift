// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("The server program is fetched, checked and kept")
struct ProgramTests {
    @Test("A file of this machine is kept by its checksum, and found again")
    func kept() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let source = JSONValue.string(Products.lab.path)
        let first = try await session.call("download_velociraptor", ["source": source]).structured()
        let path = try #require(first["path"]?.stringValue)
        #expect(FileManager.default.fileExists(atPath: path) && first["was_there"] == false)
        let sum = try #require(first["sha256"])
        let again = try await session.call("download_velociraptor", ["source": source, "sha256": sum]).structured()
        #expect(again["path"] == first["path"] && again["was_there"] == true)
        let planned = try await session.call("plan_deployment", home.arguments(["binary": .string(path)])).structured()
        #expect(planned["digest"] != nil)
    }

    @Test("What is no program, another program or unproven is not kept")
    func refused() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let page = try home.folder.write("<html>404</html>", to: "velociraptor-v0.77.2-linux-amd64-musl")
        let cases: [(JSONValue, String)] = [
            (["source": .string(page)], "not a Linux program"),
            (
                ["source": .string(Products.lab.path), "sha256": .string(String(repeating: "0", count: 64))],
                "was demanded"
            ),
            (["source": .string(Products.lab.path), "platform": "windows-amd64.exe"], "not a Windows program"),
            (["source": "http://127.0.0.1:1/velociraptor"], "no SHA-256"),
            (["source": .string("relative/path")], "neither a URL nor an absolute path"),
        ]
        for (arguments, words) in cases {
            let answer = try await session.call("download_velociraptor", arguments)
            #expect(answer["isError"] == true && answer.text.contains(words), "\(arguments.json()): \(answer.text)")
        }
    }
}
