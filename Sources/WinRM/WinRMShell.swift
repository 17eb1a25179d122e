// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors
internal import XMLReading

/// A shell on a Windows machine, in which commands run one after the other. Used by one task at a time.
public struct WinRMShell: Sendable {
    let connection: WinRMConnection
    let id: String

    /// Runs `body` with a shell, which is closed afterwards whatever happens.
    public static func with<Value: Sendable>(
        _ connection: WinRMConnection,
        _ body: (WinRMShell) async throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let shell = try await WinRMShell(connection)
        let outcome: Result<Value, MegaraptorError>
        do throws(MegaraptorError) {
            outcome = .success(try await body(shell))
        } catch {
            outcome = .failure(error)
        }
        // A shell that cannot be closed ends by itself, as idle. A cancelled task could not say anything any more.
        await Task { _ = try? await shell.ask(.delete, "") }.value
        return try outcome.get()
    }

    private init(_ connection: WinRMConnection) async throws(MegaraptorError) {
        self.connection = connection
        let answer = try await connection.ask(
            .create,
            shellID: nil,
            options: [("WINRS_NOPROFILE", "TRUE"), ("WINRS_CODEPAGE", "65001")],
            "<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams>"
                + "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>"
        ).require(connection.host)
        let body = answer["Body"]
        let selectors = body?["ResourceCreated"]?["ReferenceParameters"]?["SelectorSet"]?.children ?? []
        let named = selectors.first { $0.attributes["Name"] == "ShellId" }?.text
        guard let id = body?["Shell"]?.text("ShellId") ?? named, !id.isEmpty else {
            throw MegaraptorError(.internal, "\(connection.host) made a shell and did not name it.")
        }
        self.id = id
    }

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - command: what `cmd.exe` takes, at most 8191 characters; everybody on the machine can see it.
    ///   - input: given to its standard input. The place for secrets.
    public func run(_ command: String, input: [UInt8] = []) async throws(MegaraptorError) -> WinRMResult {
        var rest = input
        return try await run(command) { () throws(MegaraptorError) in
            defer { rest = [] }
            return rest
        }
    }

    /// - Parameter input: gives the next bytes for the command's standard input; none at the end. It is not asked again
    ///   once the command does not read any more.
    public func run(
        _ command: String,
        input: () async throws(MegaraptorError) -> [UInt8]
    ) async throws(MegaraptorError) -> WinRMResult {
        let begun = try await ask(
            .command,
            options: [("WINRS_CONSOLEMODE_STDIN", "FALSE"), ("WINRS_SKIP_CMD_SHELL", "FALSE")],
            "<rsp:CommandLine><rsp:Command>\(XMLText.escape(command))</rsp:Command></rsp:CommandLine>"
        ).require(connection.host)
        guard let commandID = begun["Body"]?["CommandResponse"]?.text("CommandId") else {
            throw MegaraptorError(.internal, "\(connection.host) began a command and did not name it.")
        }
        let running = WinRMCommand(shell: self, id: commandID)
        let outcome: Result<WinRMResult, MegaraptorError>
        do throws(MegaraptorError) {
            try await running.send(input)
            outcome = .success(try await running.receive())
        } catch {
            outcome = .failure(error)
        }
        // What is over is forgotten there, and what we do not wait for any more must not go on.
        await Task { await running.end() }.value
        return try outcome.get()
    }

    func ask(
        _ action: WSManEnvelope.Action,
        options: [(name: String, value: String)] = [],
        _ body: String
    ) async throws(MegaraptorError) -> WinRMAnswer {
        try await connection.ask(action, shellID: id, options: options, body)
    }
}
