// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors
import SystemPackage

extension WindowsMachine {
    /// As much as goes in a line: with what base64 adds twice, below what a question may hold.
    private static let piece = 73_000

    func send(_ bytes: [UInt8], as name: String) async throws(MegaraptorError) {
        var rest = bytes[...]
        try await send(as: name, sum: Hexadecimal.encode(try SHA256.digest(bytes))) {
            defer { rest = rest.dropFirst(Self.piece) }
            return Array(rest.prefix(Self.piece))
        }
    }

    func send(file: String, as name: String, sum: String, stop: StopFlag) async throws(MegaraptorError) {
        let descriptor = try Self.attempt(file) { try FileDescriptor.open(file, .readOnly) }
        // Only read from: nothing is lost where it cannot be closed.
        defer { try? descriptor.close() }
        try await send(as: name, sum: sum) { () throws(MegaraptorError) in
            // A cancelled call stops between two pieces; the file there is written anew by the next.
            try stop.check(before: "sending the rest of the program")
            return try Self.attempt(file) {
                try [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
                    count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            }
        }
    }

    private func send(
        as name: String,
        sum: String,
        pieces: () async throws(MegaraptorError) -> [UInt8]
    ) async throws(MegaraptorError) {
        let wish: JSONObject = ["waiting": .string(WindowsScript.waitingFolder), "name": .string(name)]
        let answer = try await run(.receive, wish, pieces: pieces)
        guard answer["sha256"]?.stringValue == sum else {
            throw MegaraptorError(
                .unavailable,
                "\(name) came to \(self.name) as another file. Nothing was run there.",
                hint: "Call again; if it stays so, somebody changes what is sent.",
                retryable: true
            )
        }
    }

    private static func attempt<Value>(_ file: String, _ body: () throws -> Value) throws(MegaraptorError) -> Value {
        do {
            return try body()
        } catch {
            throw MegaraptorError(.internal, "\(file) cannot be read: \(error).")
        }
    }
}
