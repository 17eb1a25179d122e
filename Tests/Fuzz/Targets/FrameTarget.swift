// SPDX-License-Identifier: Apache-2.0

import PluginHost

/// What a worker sends its host.
struct FrameTarget: FuzzTarget {
    let name = "frames"

    /// Frames one after the other: length, kind, id, number, length of the text, text, body.
    let seeds: [[UInt8]] = [
        frame(2, body: "{}"), frame(5, 7, body: #"{"content":[]}"#) + frame(8, 7, 1, "half", "12345678"),
        frame(9, 0, 2, "a line") + frame(10, 3, 7, "config", "{}") + frame(7, 9), frame(3, 0, 11, "", #"{"code":"x"}"#),
    ]

    let words = ["\u{0}\u{0}\u{0}\u{0}", "\u{15}\u{0}\u{0}\u{0}", "\u{7F}\u{7F}\u{7F}\u{7F}", "\u{5}", "{}", "config"]

    private static func frame(
        _ kind: UInt8,
        _ id: UInt64 = 0,
        _ number: UInt64 = 0,
        _ text: String = "",
        _ body: String = "",
        body more: String = ""
    ) -> [UInt8] {
        func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
        let rest =
            bytes(id) + bytes(number) + bytes(UInt32(text.utf8.count)) + Array(text.utf8) + Array((body + more).utf8)
        return bytes(UInt32(rest.count + 1)) + [kind] + rest
    }

    /// Cut anywhere the same frames come out, and what comes out goes back in.
    func run(_ bytes: [UInt8]) throws {
        let whole = read([bytes])
        let parts = stride(from: 0, to: bytes.count, by: 7).map { Array(bytes[$0..<min($0 + 7, bytes.count)]) }
        guard read(parts) == whole else { throw BrokenPromise("in parts other frames come out than at once") }
        for frame in whole where String(validating: Array(frame.text.utf8), as: UTF8.self) == frame.text {
            guard read([frame.bytes]) == [frame] else {
                throw BrokenPromise("a frame does not survive its own writing")
            }
        }
    }

    /// The frames up to the first fault.
    private func read(_ parts: [[UInt8]]) -> [Frame] {
        var reader = FrameReader()
        var frames: [Frame] = []
        do throws(FrameFault) {
            for part in parts {
                reader.feed(part)
                while let frame = try reader.take() { frames.append(frame) }
            }
        } catch {
            return frames
        }
        return frames
    }
}
