// SPDX-License-Identifier: Apache-2.0

/// What a file is, by its own first bytes.
struct ProgramImage: Hashable, CustomStringConvertible {
    enum Kind: String {
        case elf = "a Linux program"
        case freeBSD = "a FreeBSD program"
        case machO = "a macOS program"
        case pe = "a Windows program"
        case installer = "a Windows installer"
    }

    enum Architecture: String {
        case amd64, arm64
        case i386 = "386"
    }

    let kind: Kind
    /// `nil` where the file does not say it, as an installer.
    let architecture: Architecture?

    /// How much of a file has to be read: no program's header begins later.
    static let headSize = 4096

    init(_ kind: Kind, _ architecture: Architecture?) {
        self.kind = kind
        self.architecture = architecture
    }

    /// Looks at the head of a file; `nil` where it is no program for one machine, such as a page or a script.
    init?(head: [UInt8]) {
        if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
            self.init(elf: head)
        } else if head.starts(with: [0xCF, 0xFA, 0xED, 0xFE]) {
            self.init(machO: head)
        } else if head.starts(with: [0x4D, 0x5A]) {
            self.init(pe: head)
        } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self.init(.installer, nil)
        } else {
            return nil
        }
    }

    private init?(elf head: [UInt8]) {
        // Little-endian, executable or position-independent; FreeBSD marks its own.
        guard head.count >= 20, head[5] == 1, [2, 3].contains(Self.number(head, at: 16, 2)) else { return nil }
        let architecture: Architecture
        switch Self.number(head, at: 18, 2) {
        case 0x3E: architecture = .amd64
        case 0xB7: architecture = .arm64
        case 0x03: architecture = .i386
        default: return nil
        }
        self.init(head[7] == 9 ? .freeBSD : .elf, architecture)
    }

    private init?(machO head: [UInt8]) {
        switch Self.number(head, at: 4, 4) {
        case 0x0100_0007: self.init(.machO, .amd64)
        case 0x0100_000C: self.init(.machO, .arm64)
        default: return nil
        }
    }

    private init?(pe head: [UInt8]) {
        guard let place = Self.number(head, at: 0x3C, 4), Self.number(head, at: place, 4) == 0x4550 else { return nil }
        switch Self.number(head, at: place + 4, 2) {
        case 0x8664: self.init(.pe, .amd64)
        case 0xAA64: self.init(.pe, .arm64)
        case 0x014C: self.init(.pe, .i386)
        default: return nil
        }
    }

    /// A little-endian number; `nil` beyond the end.
    private static func number(_ bytes: [UInt8], at place: Int, _ count: Int) -> Int? {
        guard place >= 0, place + count <= bytes.count else { return nil }
        return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    var description: String { architecture.map { "\(kind.rawValue) for \($0.rawValue)" } ?? kind.rawValue }

    /// What something else probably is, for people.
    static func guess(_ head: [UInt8]) -> String {
        let text = String(decoding: head.prefix(512), as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if start.hasPrefix("<") { return "a web page" }
        if start.hasPrefix("#!") { return "a script" }
        if start.hasPrefix("version https://git-lfs") { return "a pointer to a file elsewhere (Git LFS)" }
        let isText = head.prefix(512).allSatisfy { (0x20...0x7E).contains($0) || [0x09, 0x0A, 0x0D].contains($0) }
        return head.isEmpty ? "empty" : isText ? "text" : "no program for one machine"
    }
}
