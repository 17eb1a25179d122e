// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("megaraptor-plugin new makes plugins that work as they are")
struct NewPluginTests {
    @Test("The C plugin builds with plain cc, validates and is found where it is installed")
    func c() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            """
            megaraptor-plugin new c org.example.echo && cd echo && make CFLAGS='-O2 -Wall -Wextra -Werror' && make validate &&
            make install && megaraptor-mcp plugins trust org.example.echo && megaraptor-mcp plugins list
            """
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("org.example.echo"), "\(outcome.output)")
        // How long a scan takes depends on the machine.
        let warnings = outcome.output.split(separator: "\n").filter {
            $0.hasPrefix("WARN") && !$0.contains("scan_time")
        }
        #expect(warnings == [])
        let makefile = try String(contentsOfFile: "\(shell.folder)/echo/Makefile", encoding: .utf8)
        #expect(makefile.split(separator: "\n").count <= 20)
    }

    @Test("The deployer builds outside the tree, its tests drive it whole, and it validates and is found")
    func deployer() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            """
            megaraptor-plugin new deployer org.example.card-board && cd card-board && make test && make validate &&
            make install && megaraptor-mcp plugins trust org.example.card-board && megaraptor-mcp plugins list
            """,
            AuthorShell.quick
        )
        #expect(outcome.status == 0, "\(outcome.output.suffix(4000))")
        #expect(outcome.output.contains("Test run with 3 tests"), "\(outcome.output.suffix(4000))")
        #expect(outcome.output.contains("PASS   providers.deploy"), "\(outcome.output.suffix(4000))")
        let warnings = outcome.output.split(separator: "\n").filter {
            $0.hasPrefix("WARN") && !$0.contains("scan_time")
        }
        #expect(warnings == [])
        let manifest = try String(
            contentsOfFile: "\(shell.folder)/card-board/plugin/org.example.card-board/plugin.yaml",
            encoding: .utf8
        )
        #expect(manifest.contains("interface: deploy.provider/1") && manifest.contains("name: card-board"))
    }

    @Test("A plugin without code validates as it is", arguments: ["vql", "native"])
    func withoutCode(kind: String) async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            "megaraptor-plugin new \(kind) org.example.no-code && megaraptor-plugin validate org.example.no-code"
        )
        #expect(outcome.status == 0 && outcome.output.contains("PASS   nocode.\(kind)"), "\(outcome.output)")
        #expect(!outcome.output.contains("WARN"), "\(outcome.output)")
    }

    @Test("A query that is none and a function that is not there are found")
    func brokenWithoutCode() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            """
            megaraptor-plugin new vql org.example.query && megaraptor-plugin new native org.example.function &&
            sed -i 's/FROM clients()/FROM FROM/' org.example.query/plugin.yaml
            sed -i 's/symbol: cbrt/symbol: megaraptor_cbrt/' org.example.function/plugin.yaml
            megaraptor-plugin validate --only nocode org.example.query
            megaraptor-plugin validate --only nocode org.example.function
            """
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("query_find_hosts: line 3, column 6 of the query"), "\(outcome.output)")
        #expect(outcome.output.contains("libm.so.6 has no function megaraptor_cbrt"), "\(outcome.output)")
    }

    @Test("Names with dashes and digits become names that the compiler takes")
    func names() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            "megaraptor-plugin new c org.example.7-zip && cd 7-zip && make && megaraptor-plugin inspect plugin/org.example.7-zip"
        )
        #expect(outcome.status == 0 && outcome.output.contains("tool  7_zip_echo  reads"), "\(outcome.output)")
    }

    @Test(
        "What is no id is refused",
        arguments: ["greeter", "Org.Example.Greeter", "org..greeter", "../../etc", "org.example.-x", "org.example.a b"]
    )
    func badIDs(id: String) async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run("megaraptor-plugin new c -- '\(id)'; ls -A")
        #expect(
            outcome.output.contains("is no plugin id") && outcome.output.contains("reverse DNS"),
            "\(outcome.output)"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: shell.folder).isEmpty)
    }

    @Test("Nothing is overwritten: neither a folder with something in it nor a link to one")
    func overwriting() async throws {
        let shell = try AuthorShell()
        let outcome = try await shell.run(
            """
            mkdir full empty && touch full/precious && ln -s empty link
            megaraptor-plugin new c org.example.echo full && echo overwritten
            megaraptor-plugin new c org.example.echo full/precious && echo overwritten
            megaraptor-plugin new c org.example.echo empty && ls full
            """
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("full is there already, and not empty"), "\(outcome.output)")
        #expect(!outcome.output.contains("overwritten\n"), "\(outcome.output)")
        #expect(outcome.output.hasSuffix("precious\n"), "\(outcome.output)")
    }

    @Test("A Swift plugin needs a kit that is there")
    func kit() async throws {
        let shell = try AuthorShell()
        let missing = try await shell.run("megaraptor-plugin new swift org.example.greeter --kit nowhere")
        #expect(missing.status != 0 && missing.output.contains("There is no Swift package in nowhere"))
        let remote = try await shell.run(
            "megaraptor-plugin new swift org.example.greeter --kit https://example.org/m.git && cat greeter/Package.swift"
        )
        #expect(remote.output.contains(#".package(url: "https://example.org/m.git", branch: "main")"#))
    }
}
