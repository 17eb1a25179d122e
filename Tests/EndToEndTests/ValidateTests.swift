// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

// One after the other: each validation is some thirty processes, and other tests have deadlines.
@Suite("megaraptor-plugin validate says of each plugin exactly what is wrong with it", .serialized)
struct ValidateTests {
    struct Fault: CustomTestStringConvertible {
        let name: String
        /// What is to be found, each with words of its sentence.
        let findings: [(verdict: String, id: String, words: String)]

        init(_ name: String, _ findings: (String, String, String)...) {
            self.name = name
            self.findings = findings
        }

        var testDescription: String { name.isEmpty ? "none" : name }
    }

    static let faults: [Fault] = [
        Fault(""),
        Fault("PARTS"),
        Fault(
            "NO_SYMBOL",
            ("FAIL", "library.symbols", "does not export megaraptor_plugin_v1"),
            ("FAIL", "library.loads", "does not export megaraptor_plugin_v1")
        ),
        Fault("TWO_SYMBOLS", ("FAIL", "library.symbols", "exports 1 more than megaraptor_plugin_v1: bad_helper")),
        Fault("MAGIC", ("FAIL", "contract.magic", "magic is 42")),
        Fault("SHORT", ("FAIL", "contract.magic", "struct_size is 32")),
        Fault("MAJOR", ("FAIL", "contract.magic", "abi_major is 2, expected 1")),
        Fault("NEWER_HOST", ("FAIL", "contract.magic", "min_host_minor is 7")),
        Fault("ID", ("FAIL", "contract.magic", "id is org.megaraptor.other")),
        Fault("VERSION", ("FAIL", "contract.magic", "version is 9.9.9")),
        Fault("NO_INVOKE", ("FAIL", "contract.magic", "functions is NULL")),
        Fault("ENTRY_REFUSES", ("FAIL", "contract.magic", "refuses this host with status 10")),
        Fault("CRASH_ENTRY", ("CRASH", "contract.magic", "died of SIGSEGV during the entry megaraptor_plugin_v1")),
        Fault("REFUSES", ("FAIL", "contract.description", "refuses to start (status 11)")),
        Fault("DESCRIBE_JSON", ("FAIL", "contract.description", "what is no JSON")),
        Fault("CHATTY", ("FAIL", "contract.stdout", "bytes were written to standard output")),
        Fault("PRINTS", ("FAIL", "contract.stdout", "bytes were written to standard output")),
        Fault("HANG", ("FAIL", "contract.results", "is not completed, not even after it was cancelled")),
        Fault("BLOCK", ("FAIL", "contract.results", "does not return from invoke")),
        Fault("CRASH", ("CRASH", "contract.results", "died of SIGSEGV during a call of the tool bad")),
        Fault("SILENT_FAILURE", ("FAIL", "contract.results", "with status 5 and what is no JSON")),
        Fault("STATUS", ("FAIL", "contract.results", "with the status 99, which there is not")),
        Fault("NO_CONTENT", ("FAIL", "contract.results", "has no content")),
        Fault("DOUBLE", ("FAIL", "calls.once", "completed more than once")),
        Fault("STRANGER", ("FAIL", "calls.once", "calls are completed that were never made")),
        Fault("NEVER_ENDS", ("FAIL", "calls.deactivate", "though it was given 500 ms")),
    ]

    @Test("Each broken plugin gets its own finding and no other", arguments: faults)
    func bad(fault: Fault) async throws {
        let plugin = try await BadPlugin(fault.name)
        let validation = try await Validation.of(plugin.folder, "--all-tools", in: plugin.shell)
        let found = validation.remarkable
        #expect(found.map { "\($0.verdict) \($0.id)" } == fault.findings.map { "\($0.verdict) \($0.id)" }, "\(found)")
        for (finding, expected) in zip(found, fault.findings) {
            #expect(finding.sentence.contains(expected.words), "\(finding)")
        }
        #expect(validation.status == (fault.findings.isEmpty ? 0 : 1))
    }

    @Test("A secret that is logged is found; without secrets there is nothing to look for")
    func leak() async throws {
        let asks = #""permissions": {"environment": ["BAD_TOKEN"]},"#
        let leaky = try await BadPlugin("LEAK", manifest: asks)
        let found = try await Validation.of(leaky.folder, "--all-tools --only '^(secrets|contract)'", in: leaky.shell)
        #expect(found.remarkable.map(\.description) == ["FAIL secrets.logs A secret's value is in the log."])
        let tight = try await BadPlugin("", manifest: asks)
        let fine = try await Validation.of(tight.folder, "--all-tools --only '^secrets'", in: tight.shell)
        #expect(fine.findings.map(\.verdict) == ["PASS"])
    }

    @Test("A tool that may change something is not called unless the author says so")
    func carefulness() async throws {
        let plugin = try await BadPlugin("CRASH")
        let validation = try await Validation.of(plugin.folder, "--only '^(contract|calls)'", in: plugin.shell)
        #expect(validation.remarkable == [])
        let results = validation.findings.first { $0.id == "contract.results" }
        #expect(results?.sentence.contains("0 of 1 tools are called") == true)
    }

    @Test("A file that is no library is told as such")
    func notALibrary() async throws {
        let plugin = try await BadPlugin("")
        try Data("#!/bin/sh\n".utf8).write(to: URL(filePath: "\(plugin.folder)/libbad.so"))
        let found = try await Validation.of(plugin.folder, in: plugin.shell).remarkable
        #expect(found.map(\.id) == ["library.symbols", "library.loads"])
        #expect(found.first?.sentence.contains("is no 64-bit little-endian ELF shared library") == true)
    }

    @Test("A library that is cut off or damaged is told, and brings no check down", arguments: 0..<8)
    func damaged(number: Int) async throws {
        let plugin = try await BadPlugin("")
        let file = URL(filePath: "\(plugin.folder)/libbad.so")
        var bytes = try Data(contentsOf: file)
        if number < 4 {
            bytes = bytes.prefix([0, 63, 64, 5000][number])
        } else {
            // Where the section table lies, how many sections it has and how large they are.
            for place in 40..<64 { bytes[place] = UInt8(truncatingIfNeeded: place &* 37 &* number) }
        }
        try bytes.write(to: file)
        let only = "--only '^library.(symbols|runpath)'"
        let found = try await Validation.of(plugin.folder, only, in: plugin.shell)
        #expect(found.findings.map(\.id) == ["library.symbols", "library.runpath"])
        #expect(found.findings.first?.verdict == "FAIL" && !found.findings.contains { $0.verdict == "CRASH" })
    }

    @Test("A manifest that differs from the code, and one that cannot be read, are told with the place")
    func manifests() async throws {
        let plugin = try await BadPlugin("")
        try plugin.write("", tool: "good")
        let differs = try await Validation.of(plugin.folder, in: plugin.shell).remarkable
        #expect(differs.map(\.id) == ["contract.description"])
        #expect(differs.first?.sentence.contains(#"tools "good" is in the manifest only"#) == true)
        try plugin.write(#""licence": "MIT","#)
        let misspelt = try await Validation.of(plugin.folder, in: plugin.shell)
        #expect(misspelt.remarkable.map(\.id) == ["manifest.schema"])
        #expect(misspelt.remarkable.first?.sentence.contains("licence") == true)
        #expect(misspelt.remarkable.first?.sentence.contains("plugin.yaml:") == true)
        #expect(misspelt.findings.dropFirst().allSatisfy { $0.verdict == "SKIP" })
    }

    @Test("Files that others may write to, a wrong digest and a wrong name are told, each with what to do")
    func files() async throws {
        let plugin = try await BadPlugin("", manifest: #""sha256": "\#(String(repeating: "0", count: 64))","#)
        let command = "chmod g+w \(BadPlugin.id)/libbad.so && cp -rp \(BadPlugin.id) other"
        #expect(try await plugin.shell.run(command).status == 0)
        let only = "--only '^(manifest|files|library)'"
        let found = try await Validation.of("\(plugin.shell.folder)/other", only, in: plugin.shell).remarkable
        #expect(found.map(\.id) == ["manifest.names", "files.permissions", "library.sha256"], "\(found)")
        #expect(found.map(\.verdict) == ["WARN", "FAIL", "FAIL"])
        #expect(found[1].sentence.contains("chmod go-w"))
        #expect(found[2].sentence.contains("the manifest names 0000"))
    }

    @Test(
        "A library that looks for others where anybody may put them is refused",
        arguments: [
            "": "empty part", "lib:$ORIGIN": "relative folder lib", "/tmp/x": "$ORIGIN", "/x/.build/debug": "/x/",
        ]
    )
    func runpath(path: String, words: String) async throws {
        let linker = "'-Wl,--enable-new-dtags,-rpath,\(path.isEmpty ? "/usr/lib:" : path)'"
        let plugin = try await BadPlugin("", options: linker)
        let found = try await Validation.of(plugin.folder, "--only runpath", in: plugin.shell).remarkable
        #expect(found.map(\.id) == ["library.runpath"] && found.first?.sentence.contains(words) == true, "\(found)")
    }

    @Test("A good plugin in C passes, in words that people read")
    func good() async throws {
        let shell = try AuthorShell()
        let folder = "\(Products.fixtureManifests)/org.megaraptor.fixture.c"
        let outcome = try await shell.run("megaraptor-plugin validate --seed 42 '\(folder)'")
        // The machine decides how long a scan takes and where Swift is.
        let text = outcome.output.replacing(#/(PASS|WARN)   contract.scan_time.*/#, with: "TIME   contract.scan_time")
            .replacing(#/\d+ passed(, 1 warned)?/#, with: "… passed")
            .replacing(#/\/[^ ]*\/lib\/swift\/linux/#, with: "TOOLCHAIN")
        try Golden.compare(text, with: "validate.golden.txt")
        #expect(outcome.status == 0)
    }

    @Test("A plugin in Swift passes but for what it does on purpose; the report says so")
    func swift() async throws {
        let shell = try AuthorShell()
        let folder = "\(Products.fixtureManifests)/org.megaraptor.fixture.swift"
        let validation = try await Validation.of(folder, in: shell)
        // Its tool "chatter" prints, and "leak" logs a secret.
        #expect(validation.remarkable.map(\.id) == ["contract.stdout", "secrets.logs"], "\(validation.remarkable)")
        #expect(validation.json["ok"] == false && validation.json["seed"] == 42)
    }

    @Test("A provider that answers whatever it is asked is found, and a deployer that is none")
    func providers() async throws {
        let shell = try AuthorShell()
        let id = "org.megaraptor.fixture.misdeeds"
        let source = Products.sourceRoot.appending(path: "Tests/Fixtures/Bad/misdeeds.c").path
        for (interface, faulty) in [
            ("fixture.greeter/1", "providers.unknown"), ("deploy.provider/1", "providers.deploy"),
        ] {
            let build = try await shell.run(
                """
                rm -rf \(id) && mkdir \(id) && sed 's#fixture.greeter/1#\(interface)#' '\(source)' > misdeeds.c &&
                cc -shared -fPIC -O1 -DPROVIDER -I "$(megaraptor-plugin include-path)" -o \(id)/libmisdeeds.so misdeeds.c
                cat > \(id)/plugin.yaml <<'END'
                {"schema": 1, "id": "\(id)", "name": "x", "version": "1.0.0", "abi": 1, "library": "libmisdeeds.so",
                 "license": "Apache-2.0", "description": "For tests.", "contributes": {"providers": [
                   {"interface": "\(interface)", "name": "third", "description": "Misbehaves.", "reading": ["misdeed"],
                    "input_schema": {"type": "object"}}]}}
                END
                """
            )
            #expect(build.status == 0, "\(build.output)")
            let only = "--only '^(contract.description|providers)'"
            let validation = try await Validation.of("\(shell.folder)/\(id)", only, in: shell)
            let found = validation.findings.first { $0.id == faulty }
            #expect(found?.verdict == "FAIL", "\(validation.findings)")
            #expect(found?.sentence.contains("third") == true, "\(validation.findings)")
            let whole = validation.findings.filter { ["contract.description", "providers.operations"].contains($0.id) }
            #expect(whole.map(\.verdict) == ["PASS", "PASS"], "\(validation.findings)")
        }
    }

    @Test("A bundled plugin without code passes")
    func promptsOnly() async throws {
        let folder = Products.sourceRoot.appending(path: "manifests/org.megaraptor.investigation").path
        let validation = try await Validation.of(folder, in: try AuthorShell())
        #expect(validation.remarkable == [] && validation.status == 0)
    }

    @Test("A wrong choice of checks is refused with the names that there are; one process does as well")
    func options() async throws {
        let shell = try AuthorShell()
        let folder = "\(Products.fixtureManifests)/org.megaraptor.fixture.c"
        let none = try await shell.run("megaraptor-plugin validate --only nonsense '\(folder)'")
        #expect(none.status == 64 && none.output.contains("calls.deactivate"))
        let missing = try await shell.run("megaraptor-plugin validate nowhere")
        #expect(missing.status != 0 && missing.output.contains("There is no folder nowhere"))
        let validation = try await Validation.of(folder, "--in-process --only '^contract'", in: shell)
        #expect(validation.remarkable == [] && validation.findings.count == 7)
    }
}
