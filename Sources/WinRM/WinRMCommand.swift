// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import XMLReading

/// A command that runs in a shell.
struct WinRMCommand: Sendable {
    let shell: WinRMShell
    let id: String

    /// How much goes in one question: in base64 below the 150 KB that every version of Windows takes.
    private static let piece = 100_000

    func send(_ input: () async throws(MegaraptorError) -> [UInt8]) async throws(MegaraptorError) {
        var bytes = try await input()
        while true {
            let next = bytes.isEmpty ? [] : try await input()
            for start in stride(from: 0, to: max(1, bytes.count), by: Self.piece) {
                let piece = bytes[start..<min(start + Self.piece, bytes.count)]
                let isLast = next.isEmpty && start + Self.piece >= bytes.count
                // A command that has ended reads nothing more. How it ended tells why.
                guard try await send(piece, isLast: isLast) else { return }
            }
            if next.isEmpty { return }
            bytes = next
        }
    }

    private func send(_ bytes: ArraySlice<UInt8>, isLast: Bool) async throws(MegaraptorError) -> Bool {
        let answer = try await shell.ask(
            .send,
            "<rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"\(id)\"\(isLast ? " End=\"TRUE\"" : "")>"
                + "\(Base64.encode(bytes))</rsp:Stream></rsp:Send>"
        )
        if case .fault(let fault) = answer, fault.code == WinRMFault.noShell {
            throw fault.error(shell.connection.host)
        }
        if case .fault = answer { return false }
        return true
    }

    /// Waits for the end, and takes what the command says until then.
    func receive() async throws(MegaraptorError) -> WinRMResult {
        var result = WinRMResult()
        while true {
            let answer = try await shell.ask(
                .receive,
                "<rsp:Receive><rsp:DesiredStream CommandId=\"\(id)\">stdout stderr</rsp:DesiredStream></rsp:Receive>"
            )
            if case .fault(let fault) = answer, fault.code == WinRMFault.timedOut { continue }
            let root = try answer.require(shell.connection.host)
            if try result.take(root["Body"]?["ReceiveResponse"]) { return result }
        }
    }

    /// A command that cannot be told of its end goes with its shell.
    func end() async {
        _ = try? await shell.ask(
            .signal,
            "<rsp:Signal CommandId=\"\(id)\"><rsp:Code>"
                + "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/terminate</rsp:Code></rsp:Signal>"
        )
    }
}
