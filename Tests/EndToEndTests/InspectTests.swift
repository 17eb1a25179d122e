// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("megaraptor-plugin inspect shows what a plugin offers")
struct InspectTests {
    private static let fixture = "\(Products.fixtureManifests)/org.megaraptor.fixture.c"

    @Test("A folder and its library say the same, as a table and as JSON")
    func table() async throws {
        let shell = try AuthorShell()
        let library = Products.folder.appending(path: "libFixtureC.so").path
        let outcome = try await shell.run("megaraptor-plugin inspect '\(Self.fixture)'")
        #expect(
            outcome.output == """
                org.megaraptor.fixture.c 1.0.0
                library  \(library)
                runtime  none

                tool  c_echo  reads  Gives its text back.

                """
        )
        let both = try await shell.run(
            """
            diff <(megaraptor-plugin inspect --json '\(Self.fixture)') <(megaraptor-plugin inspect --json '\(library)')
            """
        )
        #expect(both.status == 0, "\(both.output)")
    }

    @Test("The manifest made from a plugin's folder is the one that lies there")
    func manifest() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            """
            cp '\(Products.fixtureManifests)/org.megaraptor.fixture.swift/plugin.yaml' '\(Products.folder.path)/libFixtureSwift.so' .
            megaraptor-plugin inspect --manifest . | diff - plugin.yaml
            """
        )
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test("A plugin without code is described from its manifest, and has no other")
    func withoutCode() async throws {
        let shell = try AuthorShell()
        let folder = Products.sourceRoot.appending(path: "manifests/org.megaraptor.investigation").path
        let outcome = try await shell.run("megaraptor-plugin inspect '\(folder)'")
        #expect(outcome.status == 0 && outcome.output.contains("prompt  investigate_endpoint"), "\(outcome.output)")
        let manifest = try await shell.run("megaraptor-plugin inspect --manifest '\(folder)'")
        #expect(manifest.status != 0 && manifest.output.contains("has no code"))
    }

    @Test("The schema of manifests is printed as JSON, and the header's folder has the header")
    func schema() async throws {
        let shell = try AuthorShell()
        let schema = try JSONValue(json: try await shell.run("megaraptor-plugin schema").output)
        #expect(schema["title"] == "megaraptor plugin manifest")
        #expect(try await shell.run("test -f \"$(megaraptor-plugin include-path)/megaraptor_plugin.h\"").status == 0)
    }
}
