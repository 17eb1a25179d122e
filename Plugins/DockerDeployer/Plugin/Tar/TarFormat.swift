// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// The ustar format of POSIX.1-1988, as far as it is needed. Equal entries give equal bytes: times are always 0.
enum TarFormat {
    static let block = 512

    /// The 512 bytes before a file.
    static func header(_ entry: TarEntry) throws(MegaraptorError) -> [UInt8] {
        let isFolder = entry.content == .folder
        let name = Array((isFolder && !entry.name.hasSuffix("/") ? entry.name + "/" : entry.name).utf8)
        guard (1...99).contains(name.count), entry.size < 1 << 33, entry.owner < 1 << 21, entry.mode < 1 << 12 else {
            throw MegaraptorError(.internal, "\"\(entry.name)\" does not fit into a tar archive.")
        }
        var header = [UInt8](repeating: 0, count: block)
        func put(_ bytes: some Collection<UInt8>, at place: Int) {
            header.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
        put(name, at: 0)
        put(octal(Int64(entry.mode), 7), at: 100)
        put(octal(Int64(entry.owner), 7), at: 108)
        put(octal(Int64(entry.owner), 7), at: 116)
        put(octal(entry.size, 11), at: 124)
        put(octal(0, 11), at: 136)
        // The checksum counts its own field as blanks.
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        header[156] = UInt8(ascii: isFolder ? "5" : "0")
        put("ustar".utf8, at: 257)
        put("00".utf8, at: 263)
        let sum = header.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
        return header
    }

    /// How many zeros follow content of this size.
    static func padding(after size: Int64) -> Int {
        Int((Int64(block) - size % Int64(block)) % Int64(block))
    }

    private static func octal(_ value: Int64, _ width: Int) -> [UInt8] {
        let digits = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
    }
}

// MARK: - Reading

extension TarFormat {
    /// The first file of an archive, with its owner and mode; `nil` where there is none.
    static func firstFile(in archive: [UInt8]) -> TarEntry? {
        var place = 0
        while place + block <= archive.count, archive[place] != 0 {
            let header = archive[place..<place + block]
            guard let size = number(header, 124, 12), size >= 0 else { return nil }
            let start = place + block
            guard size <= Int64(archive.count - start) else { return nil }
            let kind = header[header.startIndex + 156]
            if kind == UInt8(ascii: "0") || kind == 0 {
                guard let mode = number(header, 100, 8), let owner = number(header, 108, 8) else { return nil }
                let name = header.prefix(100).prefix { $0 != 0 }
                let bytes = Array(archive[start..<start + Int(size)])
                return TarEntry(
                    String(decoding: name, as: UTF8.self),
                    mode: UInt32(truncatingIfNeeded: mode & 0o7777),
                    owner: UInt32(truncatingIfNeeded: owner),
                    .bytes(bytes)
                )
            }
            place = start + Int(size) + padding(after: size)
        }
        return nil
    }

    private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ width: Int) -> Int64? {
        let start = header.startIndex + offset
        let digits = header[start..<start + width].filter { $0 != 0 && $0 != UInt8(ascii: " ") }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}
