// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors

extension Engine {
    /// The latest lines of a container, of both of its streams in the order in which they came.
    func logs(_ container: String, lines: Int) async throws(MegaraptorError) -> [String] {
        let query: Query = [("stdout", "1"), ("stderr", "1"), ("tail", String(lines))]
        let request = HTTPRequest(
            "GET",
            url("/containers/\(container)/logs", query),
            limits: HTTPTimeLimits(total: .seconds(30)),
            greatestBody: 32 << 20
        )
        let response = try await client.send(request)
        guard response.isSuccess else {
            throw EngineFault.error(response.status, response.body, "GET", "/containers/\(container)/logs")
        }
        return Array(LogFrames.lines(response.body).suffix(lines))
    }
}

/// Takes the engine's frames apart: a byte for the stream, three zeros, four bytes for the length, then the text.
enum LogFrames {
    static func lines(_ bytes: [UInt8]) -> [String] {
        var text: [UInt8] = []
        var place = 0
        while place + 8 <= bytes.count, bytes[place] <= 2, bytes[place + 1...place + 3].allSatisfy({ $0 == 0 }) {
            let length = bytes[place + 4...place + 7].reduce(0) { $0 << 8 | Int($1) }
            text += bytes[place + 8..<min(bytes.count, place + 8 + length)]
            place = min(bytes.count, place + 8 + length)
        }
        // A container with a terminal has no frames.
        text += bytes[place...]
        return text.split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }
}
