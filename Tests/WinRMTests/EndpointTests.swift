// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Testing
import WinRMTestbed

/// That the endpoint is one is shown by somebody else's client.
@Suite("The tests' endpoint, asked by pywinrm")
struct EndpointTests {
    private static let client = """
        import sys, winrm
        port, transport = sys.argv[1:3]
        user = "ada" if transport == "basic" else sys.argv[3]
        session = winrm.Session(f"https://127.0.0.1:{port}/wsman", auth=(user, sys.argv[4]), transport=transport,
                                ca_trust_path=sys.argv[5])
        result = session.run_cmd("echo out; echo err >&2; exit", ["5"])
        print(result.status_code, result.std_out.decode().strip(), result.std_err.decode().strip())
        shell = session.protocol.open_shell()
        command = session.protocol.run_command(shell, "tr a-z A-Z")
        session.protocol.send_command_input(shell, command, b"hello", end=True)
        print(session.protocol.get_command_output(shell, command)[0].decode())
        session.protocol.cleanup_command(shell, command)
        session.protocol.close_shell(shell)
        """

    @Test("does as Windows does", arguments: ["ntlm", "basic"])
    func pywinrm(transport: String) async throws {
        let endpoint = try await WinRMEndpoint(auth: "negotiate,basic")
        defer { endpoint.end() }
        let text = try WinRMTool.python(
            Self.client,
            "\(endpoint.port)",
            transport,
            WinRMEndpoint.user,
            WinRMEndpoint.password,
            endpoint.certificate
        )
        #expect(text == "5 out err\nHELLO\n")
        #expect(try endpoint.count("delete") == 2)
    }

    @Test("refuses a wrong password of pywinrm's as well")
    func refused() async throws {
        let endpoint = try await WinRMEndpoint()
        defer { endpoint.end() }
        let text = #expect(throws: Command.Failure.self) {
            try WinRMTool.python(
                Self.client,
                "\(endpoint.port)",
                "ntlm",
                WinRMEndpoint.user,
                "open barley",
                endpoint.certificate
            )
        }
        #expect(text?.description.contains("InvalidCredentialsError") == true)
    }
}
