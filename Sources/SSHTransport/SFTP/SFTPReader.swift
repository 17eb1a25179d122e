// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// Takes one message apart. What comes is the far side's word, so every length is checked.
struct SFTPReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() throws(MegaraptorError) -> UInt8 { UInt8(try integer(1)) }

    mutating func word() throws(MegaraptorError) -> UInt32 { UInt32(try integer(4)) }

    mutating func long() throws(MegaraptorError) -> UInt64 { try integer(8) }

    mutating func bytes() throws(MegaraptorError) -> ArraySlice<UInt8> {
        let count = Int(try word())
        guard count <= rest.count else { throw Self.malformed }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func text() throws(MegaraptorError) -> String { String(decoding: try bytes(), as: UTF8.self) }

    mutating func attributes() throws(MegaraptorError) -> RemoteFile.Attributes {
        var found = RemoteFile.Attributes()
        let flags = try word()
        if flags & SFTPMessage.Attribute.size != 0 { found.size = try long() }
        if flags & SFTPMessage.Attribute.owner != 0 {
            found.user = try word()
            found.group = try word()
        }
        if flags & SFTPMessage.Attribute.permissions != 0 { found.permissions = try word() }
        if flags & SFTPMessage.Attribute.times != 0 {
            _ = try word()
            found.modified = try word()
        }
        if flags & SFTPMessage.Attribute.extended != 0 {
            for _ in 0..<(try word()) {
                _ = try bytes()
                _ = try bytes()
            }
        }
        return found
    }

    static let malformed = MegaraptorError(.internal, "The far side's SFTP server sent what cannot be understood.")

    private mutating func integer(_ count: Int) throws(MegaraptorError) -> UInt64 {
        guard count <= rest.count else { throw Self.malformed }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
