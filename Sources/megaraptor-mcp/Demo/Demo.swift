// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import JSONValue
import MegaraptorErrors
import WholeFiles

/// Shows a whole session: an assistant's requests over stdio, a plugin, gRPC with mutual TLS, and a server that answers.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run an assistant's session against the lab, a Velociraptor stand-in, and show what happens."
    )

    func run() throws {
        // A server that has left is an error to tell of, not the end of the demo; ignoring it would pass to the children.
        signal(SIGPIPE) { _ in }
        let folder = try DemoFolder()
        let programs = RunningProgram.path.split(separator: "/").dropLast().joined(separator: "/")
        Transcript.title("Starting the lab: a Velociraptor stand-in with twelve endpoints and one intrusion")
        // What the lab says on standard error is why it did not start.
        var lab = try ChildProcess("/\(programs)/megaraptor-lab", ["serve", "--directory", folder.path], quiet: false)
        guard let line = lab.readLine(), let ready = Self.parse(line), let file = ready["api_client"]?.stringValue,
            let port = ready["port"]?.integerValue
        else { throw MegaraptorError(.unavailable, "The lab did not start.") }
        Transcript.note("gRPC with mutual TLS on 127.0.0.1:\(port), credentials in \(file)")
        try play(file)
        try DeploymentAct(folder: folder.path, programs: "/\(programs)").play()
        Transcript.farewell(program: RunningProgram.path)
    }

    private func play(_ apiConfig: String) throws {
        var session = try DemoSession(program: RunningProgram.path, ["--api-config", apiConfig])
        try session.open("An assistant connects: megaraptor-mcp serve")
        for step in DemoStep.script { try session.perform(step) }
        Transcript.report(Self.report.map(session.notes.filled))
        try session.close()
    }

    private static let report = [
        "ws-finance-07 (\(DemoStep.suspect)) runs edgeupdsvc.exe, started by a Word document from a mail, and brought back",
        "by the scheduled task EdgeTelemetryRefresh: flow {flow}, Windows.System.Pslist and",
        "Windows.System.TaskScheduler/Analysis.",
        "The same file (SHA-256 {hash})",
        "lies on {first} and {other}: hunt {hunt}, Generic.Detection.HashHunter, rows 0 and 1.",
        "ws-finance-07 is labelled compromised and cut off the network. The other endpoint is the person's to decide.",
    ]

    private static func parse(_ line: [UInt8]) -> JSONValue? {
        do { return try JSONValue(json: line) } catch { return nil }
    }
}

/// The demo's files, which go away with this value: after the lab, which goes first.
private struct DemoFolder: ~Copyable {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("/tmp/megaraptor-demo-") }

    deinit { folder.remove() }

    var path: String { folder.path }
}
