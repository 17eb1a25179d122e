// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import PluginManifest

/// The little of an ELF file that says what a shared library exports and where it looks for others.
///
/// Reads 64-bit little-endian files, the kind that the contract is defined for. Every offset in the file is checked
/// before it is followed.
struct ELFLibrary {
    /// Names of the symbols that other libraries and `dlsym` can see, sorted.
    let exportedSymbols: [String]
    /// The parts of `DT_RUNPATH`, else of `DT_RPATH`.
    let runpath: [String]

    private struct Section {
        let type: UInt64
        let offset: Int
        let size: Int
        let link: Int
        let entrySize: Int
    }

    private enum SectionType {
        static let dynamic: UInt64 = 6
        static let dynamicSymbols: UInt64 = 11
    }

    init(at path: String) throws(MegaraptorError) {
        let file = ELFBytes(try CheckedYAML.contents(of: path))
        guard file.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), file.number(at: 16, size: 2) == 3 else {
            throw MegaraptorError(.invalidArgument, "\(path) is no 64-bit little-endian ELF shared library.")
        }
        let sections = Self.sections(of: file)
        exportedSymbols = Self.symbols(file, sections).sorted()
        runpath = Self.searchFolders(file, sections)
    }

    private static func sections(of file: ELFBytes) -> [Section] {
        let table = Int(truncatingIfNeeded: file.number(at: 40, size: 8))
        let size = Int(file.number(at: 58, size: 2))
        return (0..<Int(file.number(at: 60, size: 2))).map { index in
            let start = table &+ index * size
            return Section(
                type: file.number(at: start &+ 4, size: 4),
                offset: Int(truncatingIfNeeded: file.number(at: start &+ 24, size: 8)),
                size: Int(truncatingIfNeeded: file.number(at: start &+ 32, size: 8)),
                link: Int(file.number(at: start &+ 40, size: 4)),
                entrySize: Int(truncatingIfNeeded: file.number(at: start &+ 56, size: 8))
            )
        }
    }

    private static func symbols(_ file: ELFBytes, _ sections: [Section]) -> [String] {
        guard let table = sections.first(where: { $0.type == SectionType.dynamicSymbols }),
            sections.indices.contains(table.link)
        else { return [] }
        return entries(of: table, in: file).compactMap { entry in
            let info = file.number(at: entry + 4, size: 1)
            let isVisible = [0, 3].contains(file.number(at: entry + 5, size: 1) & 3)
            let isDefined = file.number(at: entry + 6, size: 2) != 0
            // Local symbols (binding 0) stay inside.
            guard info >> 4 != 0, isVisible, isDefined else { return nil }
            return file.text(at: sections[table.link].offset &+ Int(file.number(at: entry, size: 4)))
        }
    }

    private static func searchFolders(_ file: ELFBytes, _ sections: [Section]) -> [String] {
        guard let table = sections.first(where: { $0.type == SectionType.dynamic }),
            sections.indices.contains(table.link)
        else { return [] }
        let (rpath, runpath): (UInt64, UInt64) = (15, 29)
        var found: [UInt64: String] = [:]
        for entry in entries(of: table, in: file) {
            let name = Int(truncatingIfNeeded: file.number(at: entry + 8, size: 8))
            found[file.number(at: entry, size: 8)] = file.text(at: sections[table.link].offset &+ name)
        }
        guard let text = found[runpath] ?? found[rpath] else { return [] }
        return text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    /// Where each whole entry of a table begins that lies inside the file.
    private static func entries(of table: Section, in file: ELFBytes) -> [Int] {
        guard table.entrySize >= 16, table.offset >= 0, table.offset <= file.count else { return [] }
        let size = min(max(table.size, 0), file.count - table.offset)
        return (0..<size / table.entrySize).map { table.offset + $0 * table.entrySize }
    }
}

/// A file's bytes; what lies outside reads as 0.
private struct ELFBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func starts(with head: [UInt8]) -> Bool { bytes.starts(with: head) }

    func number(at offset: Int, size: Int) -> UInt64 {
        guard offset >= 0, offset <= bytes.count - size else { return 0 }
        return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Up to the next NUL.
    func text(at offset: Int) -> String {
        guard offset >= 0, offset < bytes.count else { return "" }
        return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
}
