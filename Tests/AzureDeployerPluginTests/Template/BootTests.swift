// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import Foundation
import JSONValue
import Testing

@testable import AzureDeployerPlugin

@Suite("The boot script on Azure")
struct BootTests {
    private static let marker = "KEY-MARKER-77aa"
    private static let everything = TemplateCase.all.last { $0.name == "everything" && $0.architecture == "amd64" }

    /// As the template puts it together, below another root.
    private func script(_ row: TemplateCase, _ bench: BootBench, sha256: String) throws -> String {
        let values = [
            "0.77.2", "https://example.org/p", sha256, "https://v.vault.azure.net/secrets/c/1", "1",
            "https://w.vault.azure.net/secrets/t", "https://vault.azure.net",
        ]
        let body = try row.template().body
        let head = try #require(body["variables"]?["bootHead"]?.stringValue)
        let script = try #require(body["variables"]?["bootScript"]?.stringValue)
        let filled = values.enumerated().reduce(head) { $0.replacing("{\($1.offset)}", with: $1.element) }
        return filled + script.replacing("readonly root=''", with: "readonly root='\(bench.root.path)'")
    }

    private func bench() throws -> BootBench {
        let bench = try BootBench()
        try bench.setCommand("rsyslogd", "")
        try bench.setCommand("apt-get", "")
        let device = bench.root.appending(path: "dev/disk/azure/scsi1")
        try FileManager.default.createDirectory(at: device, withIntermediateDirectories: true)
        try Data().write(to: device.appending(path: "lun0"))
        try bench.set("program", "")
        return bench
    }

    /// Of nothing.
    private static let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test("makes a server, reads its secret with a token that nobody sees, and tells no key")
    func whole() throws {
        let bench = try bench()
        defer { bench.remove() }
        try bench.set("vault", #"{"value": "Frontend: \#(Self.marker)\n", "id": "x"}"#)
        let row = try #require(TemplateCase.all.first)
        let outcome = try bench.run(try script(row, bench, sha256: Self.digest))
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(bench.text("etc/velociraptor/server.config.yaml") == "Frontend: \(Self.marker)\n")
        #expect(try bench.mode("etc/velociraptor/server.config.yaml") == 0o600)
        #expect(
            outcome.called(
                "curl --fail-with-body --silent --show-error --max-time 30 --config - https://v.vault.azure.net/secrets/c/1?api-version="
            )
        )
        #expect(!outcome.calls.joined().contains("a-token"))
        let updates = bench.text("etc/apt/apt.conf.d/52megaraptor")
        #expect(updates?.contains(#"APT::Periodic::Unattended-Upgrade "1";"#) == true)
        #expect(updates?.contains(#"Automatic-Reboot "true";"#) == true)
        #expect(!(outcome.output + outcome.calls.joined()).contains(Self.marker))
    }

    @Test("ends with a code that fails the extension, and the step's name as its last words")
    func failure() throws {
        let bench = try bench()
        defer { bench.remove() }
        let row = try #require(TemplateCase.all.first)
        let outcome = try bench.run(try script(row, bench, sha256: TemplateCase.digest))
        #expect(outcome.code == 1)
        let last = outcome.output.split(separator: "\n").last
        #expect(last?.hasPrefix("megaraptor: The step 'program' failed. The program has the SHA-256 e3b0c442") == true)
        #expect(bench.text("usr/local/bin/velociraptor-server") == nil)
    }

    @Test("tells why the vault refuses, and nothing else of its answer")
    func refused() throws {
        let bench = try bench()
        defer { bench.remove() }
        try bench.set("vault", #"{"error": {"code": "Forbidden", "message": "No right."}, "x": "\#(Self.marker)"}"#)
        let row = try #require(TemplateCase.all.first)
        let outcome = try bench.run(try script(row, bench, sha256: Self.digest))
        #expect(outcome.code != 0)
        #expect(outcome.output.contains("Refused: Forbidden No right."), "\(outcome.output)")
        #expect(!outcome.output.contains("Traceback") && !outcome.output.contains(Self.marker))
        #expect(outcome.output.contains("The step 'configuration' failed."))
    }

    @Test("fetches the lists of packages before it installs one")
    func packages() throws {
        let bench = try bench()
        defer { bench.remove() }
        try bench.set("vault", #"{"value": "Frontend: x\n"}"#)
        try FileManager.default.removeItem(at: bench.folder.appending(path: "bin/rsyslogd"))
        let row = try #require(TemplateCase.all.first)
        let outcome = try bench.run(try script(row, bench, sha256: Self.digest))
        let calls = outcome.calls.filter { $0.hasPrefix("apt-get") }
        let install = try #require(calls.firstIndex { $0.hasSuffix("install rsyslog") }, "\(outcome.calls)")
        #expect(calls[..<install].last?.hasSuffix("DPkg::Lock::Timeout=300 update") == true, "\(calls)")
    }

    @Test("is bash, and shellcheck finds nothing")
    func shellcheck() throws {
        let row = try #require(Self.everything)
        let bench = try bench()
        defer { bench.remove() }
        let file = bench.folder.appending(path: "boot.sh")
        try Data(try script(row, bench, sha256: Self.digest).utf8).write(to: file)
        let (code, output) = try ShellCheck.run(file)
        #expect(code == 0, "\(output)")
    }
}
