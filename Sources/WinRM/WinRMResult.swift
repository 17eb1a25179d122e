// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import XMLReading

/// How a command ended, and what it said.
public struct WinRMResult: Sendable, Hashable {
    public private(set) var status: Int = 0
    public var output: String { String(decoding: bytes.output, as: UTF8.self) }
    public var errors: String { String(decoding: bytes.errors, as: UTF8.self) }
    public var isSuccess: Bool { status == 0 }

    private struct Streams: Hashable {
        var output: [UInt8] = []
        var errors: [UInt8] = []
    }
    private var bytes = Streams()

    /// No command that is run says as much on a stream.
    static let limit = 1 << 20

    /// Takes what came now.
    ///
    /// - Returns: whether the command is over.
    mutating func take(_ answer: XMLNode?) throws(MegaraptorError) -> Bool {
        for stream in answer?.children ?? [] where stream.name == "Stream" && !stream.text.isEmpty {
            guard let part = Base64.decode(stream.text.utf8.filter { $0 > 0x20 }) else {
                throw MegaraptorError(.unavailable, "A part of a command's output by WinRM is no base64.")
            }
            if stream.attributes["Name"] == "stdout" { bytes.output += part } else { bytes.errors += part }
            guard max(bytes.output.count, bytes.errors.count) <= Self.limit else {
                throw MegaraptorError(.resourceExhausted, "A command by WinRM says more than \(Self.limit) bytes.")
            }
        }
        guard let state = answer?["CommandState"], state.attributes["State"]?.hasSuffix("/Done") == true else {
            return false
        }
        guard let code = state.text("ExitCode").flatMap(Int.init) else {
            throw MegaraptorError(.unavailable, "A command by WinRM ended without an exit code.")
        }
        status = code
        return true
    }
}
