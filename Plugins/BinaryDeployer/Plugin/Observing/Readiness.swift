// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import Machines
import MegaraptorErrors
import SSHTransport
import YAMLSource

/// Whether the server answers, asked on its machine.
///
/// A running process says nothing: a server whose ports are taken stays alive. So each port must be listened on, and
/// the agents' port must answer `/server.pem` over HTTPS with the certificate of our configuration.
struct Readiness {
    let site: Site

    private var ports: [(String, Int)] {
        let deployment = site.deployment
        return [
            ("agents", deployment.frontend.port), ("GUI", deployment.gui.port), ("API", deployment.api.port),
            ("metrics", deployment.monitoringPort),
        ]
    }

    /// - Returns: what was found, for people.
    /// - Throws: `failed_precondition` with the server's latest lines when it is not ready in time.
    func wait() async throws(MegaraptorError) -> String {
        let end = ContinuousClock.now + site.options.startLimit
        while true {
            let facts = try await site.facts()
            let missing = try await missing(facts)
            guard let missing else { return "All ports are open, and the server shows our certificate." }
            if facts.unitState == "failed" { throw try await failure("systemd gave it up.") }
            if facts.restarts >= 3 { throw try await failure("It ends again and again. Last seen: \(missing)") }
            guard ContinuousClock.now < end else { throw try await failure(missing) }
            do {
                try await Task.sleep(for: .milliseconds(300))
            } catch {
                throw MegaraptorError(.cancelled, "The call was cancelled while the server was starting.")
            }
        }
    }

    /// What is wanting still; `nil` when it is ready.
    func missing(_ facts: MachineFacts) async throws(MegaraptorError) -> String? {
        let closed = ports.filter { !facts.listening.contains($0.1) }.map { "\($0.1) (\($0.0))" }
        if !closed.isEmpty { return "Nobody listens on: \(closed.joined(separator: ", "))." }
        let answer = try await site.attempt(Script(try probe, outputLimit: 65_536, timeLimit: .seconds(15)))
        if answer.status == 69 {
            return "\(site.machine.name) has none of curl, wget, openssl and python3, so HTTPS cannot be asked there."
        }
        guard answer.isSuccess, answer.output.contains("BEGIN CERTIFICATE") else {
            return "Port \(site.deployment.frontend.port) does not answer /server.pem over HTTPS."
        }
        guard let expected = try expectedCertificate else { return nil }
        let shown = Self.plain(answer.output)
        return shown.contains(expected)
            ? nil : "Port \(site.deployment.frontend.port) shows another server's certificate."
    }

    /// What went wrong, with what the server said last.
    func failure(_ what: String) async throws(MegaraptorError) -> MegaraptorError {
        let lines = try await ServerLog(site: site).lines(20)
        return MegaraptorError(
            .failedPrecondition,
            "The server on \(site.machine.name) is not ready. \(what)",
            hint: "Look at its latest lines: "
                + (lines.isEmpty ? "there are none." : lines.suffix(5).joined(separator: " | ")),
            details: ["log": .array(lines.map { .string($0) })]
        )
    }

    /// The address by which the machine itself reaches something that is bound to `address`.
    static func localAddress(of address: String) -> String {
        switch address {
        case "0.0.0.0", "": "127.0.0.1"
        case "::": "::1"
        default: address
        }
    }

    private var expectedCertificate: String? {
        get throws(MegaraptorError) {
            let text = String(decoding: try site.localConfiguration(), as: UTF8.self)
            let document = try YAMLDocument.parse(text, file: "server.config.yaml")
            return document.json["Frontend"]?["certificate"]?.stringValue.map(Self.plain)
        }
    }

    private static func plain(_ pem: String) -> String { pem.filter { !$0.isWhitespace } }

    private var probe: String {
        get throws(MegaraptorError) {
            let address = Self.localAddress(of: site.deployment.frontend.address)
            let host = address.contains(":") ? "[\(address)]" : address
            let port = site.deployment.frontend.port
            let url = try quoted("https://\(host):\(port)/server.pem")
            let python =
                "import ssl,sys,urllib.request as u; sys.stdout.write(u.urlopen(sys.argv[1], timeout=8, "
                + "context=ssl._create_unverified_context()).read().decode())"
            return """
                if command -v curl >/dev/null; then exec curl -sk --noproxy '*' --max-time 8 \(url)
                elif command -v wget >/dev/null; then exec wget -q --no-proxy --no-check-certificate -T 8 -O - \(url)
                elif command -v python3 >/dev/null; then exec python3 -c \(try quoted(python)) \(url)
                elif command -v openssl >/dev/null; then
                    printf 'GET /server.pem HTTP/1.0\\r\\nHost: VelociraptorServer\\r\\n\\r\\n' \\
                        | openssl s_client -quiet -connect \(try quoted("\(host):\(port)")) 2>/dev/null
                else exit 69; fi
                """
        }
    }
}
