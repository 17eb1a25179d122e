// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import HTTPTransport
import JSONValue
import MegaraptorErrors
import WholeFiles

/// Whether the server in the container truly serves agents.
struct Readiness: Sendable {
    enum Answer: Sendable, Hashable {
        case ready(String)
        case notReady(String)
    }

    let engine: Engine
    let deployment: DeploymentSpecification
    let options: DockerOptions
    let names: ResourceNames

    /// One look, from outside where that is possible. A port that is open proves nothing: only the server's own
    /// certificate does, by the name that agents demand.
    func look() async throws(MegaraptorError) -> Answer {
        guard options.network != .none, let host = engine.address.reach(deployment.frontend.address) else {
            return try await lookInLogs()
        }
        let client = HTTPClient(
            address: HTTPAddress(host: host, port: UInt16(clamping: deployment.frontend.port)),
            trust: HTTPTrust(.pem(try WholeFile.require(deployment.files.caCertificate))),
            usesProxy: false
        )
        let limits = HTTPTimeLimits(connect: .seconds(3), total: .seconds(5), idle: .seconds(5))
        let request = HTTPRequest("GET", "https://VelociraptorServer/server.pem", limits: limits)
        do {
            let response = try await client.send(request)
            guard response.status == 200, response.text.contains("BEGIN CERTIFICATE") else {
                return .notReady("\(host):\(deployment.frontend.port) answers with status \(response.status)")
            }
            return .ready("/server.pem at \(host):\(deployment.frontend.port), verified against the deployment's CA")
        } catch {
            if error.code == .cancelled { throw error }
            return .notReady(error.message)
        }
    }

    /// Where the port cannot be reached from here: what the server itself says. Lines of the start before do not count.
    private func lookInLogs() async throws(MegaraptorError) -> Answer {
        let lines = try await engine.logs(names.container, lines: 500)
        let start = lines.lastIndex { $0.contains("Starting") && $0.contains("gRPC API server") } ?? lines.startIndex
        let isReady = lines[start...].contains { $0.contains("Frontend is ready to handle client TLS requests") }
        return isReady
            ? .ready("the server's own log; the port cannot be reached from this machine")
            : .notReady("the server has not logged that its frontend is ready")
    }

    /// Waits until it is ready. Ends early where the container has ended.
    ///
    /// - Throws: with the exit code and the last lines of the log in the cause.
    func wait(_ say: @Sendable (String) -> Void) async throws(MegaraptorError) -> String {
        let end = ContinuousClock.now + options.startLimit
        var last = ""
        while true {
            let container = try await engine.look("/containers/\(names.container)/json")
            let state = container?["State"]
            guard state?["Running"]?.boolValue == true, (container?["RestartCount"]?.integerValue ?? 0) < 3 else {
                throw await failed("The server has ended with exit code \(state?["ExitCode"]?.integerValue ?? -1)")
            }
            switch try await look() {
            case .ready(let proof): return proof
            case .notReady(let why):
                if why != last { say(why) }
                last = why
            }
            guard ContinuousClock.now < end else {
                throw await failed("The server runs but is not ready after \(options.startLimit): \(last)")
            }
            do {
                try await Task.sleep(for: .milliseconds(250))
            } catch {
                throw MegaraptorError(.cancelled, "Waiting for the server was cancelled. It may still start.")
            }
        }
    }

    private func failed(_ what: String) async -> MegaraptorError {
        var log: String
        do throws(MegaraptorError) {
            let lines = try await engine.logs(names.container, lines: 20)
            log = lines.isEmpty ? "The log is empty." : "Its log ends: \(lines.joined(separator: "\n"))"
        } catch {
            log = "Its log cannot be read: \(error.message)"
        }
        return MegaraptorError(
            .failedPrecondition,
            "\(what).",
            hint: "Read the log, then plan an update, or destroy the deployment.",
            cause: log
        )
    }
}
