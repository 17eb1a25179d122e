// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import WinRM

/// A Windows machine that was reached.
struct WindowsMachine: Sendable {
    /// As it was asked for.
    let name: String
    let shell: WinRMShell

    private static let mark = "answer:"

    /// Runs a script to its end. Only its loader stands in the command line; all else goes by standard input.
    ///
    /// - Parameters:
    ///   - wish: what the script is told.
    ///   - pieces: what it takes after that, one a line, in base64; empty at the end.
    func run(
        _ script: WindowsScript,
        _ wish: JSONObject = [:],
        pieces: () async throws(MegaraptorError) -> [UInt8] = { [] }
    ) async throws(MegaraptorError) -> JSONValue {
        var head = [Array(script.text.utf8), Array(JSONValue.object(wish).json().utf8)].map(Self.line)[...]
        let result = try await shell.run(WindowsScript.command) { () throws(MegaraptorError) in
            if let line = head.popFirst() { return line }
            let piece = try await pieces()
            return piece.isEmpty ? [] : Self.line(piece)
        }
        return try answer(result, to: script)
    }

    /// Runs a script that was sent.
    ///
    /// - Parameter switches: of the script's own.
    func run(file: String, switches: [String] = [], _ facts: WindowsFacts) async throws(MegaraptorError) -> WinRMResult
    {
        let path = "\(facts.programFiles)\\\(WindowsScript.waitingFolder)\\\(file)"
        let words = [WindowsScript.shell, "-File", "\"\(path)\""] + switches
        return try await shell.run(words.joined(separator: " "))
    }

    /// - Parameter log: the file that the script leaves.
    func failure(_ what: String, _ result: WinRMResult, log: String) -> MegaraptorError {
        let words = (result.errors + result.output).split(whereSeparator: \.isNewline).joined(separator: " ")
        return MegaraptorError(
            .failedPrecondition,
            "On \(name) \(what) ended with \(result.status).",
            hint: "Its log is \(log) in the TEMP folder of the user who logged in.",
            cause: String(words.prefix(1000))
        )
    }

    private static func line(_ bytes: [UInt8]) -> [UInt8] { Array("\(Base64.encode(bytes))\r\n".utf8) }

    /// What a script says is one word, however its lines were broken on the way.
    private func answer(_ result: WinRMResult, to script: WindowsScript) throws(MegaraptorError) -> JSONValue {
        let text = result.output.filter { !$0.isWhitespace }
        let word = text.firstRange(of: Self.mark).map { text[$0.upperBound...] }
        guard let bytes = word.flatMap({ Base64.decode($0.utf8) }), let json = try? JSONValue(json: bytes) else {
            throw MegaraptorError(
                .unsupported,
                "On \(name) PowerShell gave no answer to \(script.name); it ended with \(result.status).",
                hint: "PowerShell 4 or later is needed, and it must be allowed to run scripts that nobody signed.",
                cause: result.errors.isEmpty ? nil : String(result.errors.prefix(500))
            )
        }
        guard let reason = json["error"]?.stringValue else { return json }
        throw MegaraptorError(.failedPrecondition, "\(name), \(script.name): \(reason)")
    }
}
