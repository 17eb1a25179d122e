// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Writes an archive in the format `ar` as `deb(5)` demands: names in 16 bytes, no folders.
struct ArWriter {
    private let file: TargetFile
    private let time: Int64

    init(_ file: TargetFile, time: Int64) throws(MegaraptorError) {
        self.file = file
        self.time = time
        try file.write(Array("!<arch>\n".utf8))
    }

    func add(_ name: String, _ bytes: [UInt8]) throws(MegaraptorError) {
        try file.write(header(name, Int64(bytes.count)))
        try file.write(bytes)
        try pad(Int64(bytes.count))
    }

    func add(_ name: String, file source: String) throws(MegaraptorError) {
        let source = try SourceFile(source)
        try file.write(header(name, source.size))
        while case let chunk = try source.read(), !chunk.isEmpty { try file.write(chunk) }
        try pad(source.size)
    }

    func finish() throws(MegaraptorError) { try file.finish() }

    /// Name, time, owner, group, mode and size, filled up with blanks.
    private func header(_ name: String, _ size: Int64) -> [UInt8] {
        let parts = [(name, 16), ("\(time)", 12), ("0", 6), ("0", 6), ("100644", 8), ("\(size)", 10)]
        let text = parts.map { $0.0 + String(repeating: " ", count: max(0, $0.1 - $0.0.utf8.count)) }.joined()
        return Array((text + "`\n").utf8)
    }

    /// Every part begins at an even place.
    private func pad(_ size: Int64) throws(MegaraptorError) {
        if !size.isMultiple(of: 2) { try file.write([0x0A]) }
    }
}
