// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

extension SSHSession {
    /// Hands a file over piece by piece, several of which are under way at a time.
    ///
    /// - Parameter limit: a longer file fails with `resource_exhausted`.
    func read(_ path: String, limit: Int, _ take: (ArraySlice<UInt8>) -> Void) throws(MegaraptorError) {
        let sftp = try files()
        var body = SFTPWriter()
        body.put(path)
        body.put(SFTPMessage.Opening.reading)
        body.put(UInt32(0))
        let handle = try handle(from: try sftp.ask(SFTPMessage.open, body.bytes), "reading \(path)")
        var asked: UInt64 = 0
        var done: UInt64 = 0
        var underWay: [UInt32] = []
        while true {
            while underWay.count < 16 {
                underWay.append(try ask(for: asked, handle, sftp))
                asked += Self.pieceLength
            }
            guard let piece = try piece(try sftp.reply(to: underWay.removeFirst()), path) else { break }
            done += UInt64(piece.count)
            guard done <= UInt64(limit) else { throw tooLong(path, limit) }
            take(piece)
            // A piece that came short leaves a hole: what was asked for beyond it is of no use.
            if piece.count < Self.pieceLength {
                for number in underWay { _ = try sftp.reply(to: number) }
                underWay = []
                asked = done
            }
            try control.check()
        }
        for number in underWay { _ = try sftp.reply(to: number) }
        try expectOK(try sftp.ask(SFTPMessage.close, handle), "reading \(path)")
    }

    private static var pieceLength: UInt64 { 32_000 }

    private func ask(for offset: UInt64, _ handle: [UInt8], _ sftp: SFTPChannel) throws(MegaraptorError) -> UInt32 {
        var body = SFTPWriter()
        body.put(offset)
        body.put(UInt32(Self.pieceLength))
        return try sftp.send(SFTPMessage.read, handle + body.bytes)
    }

    private func piece(_ reply: SFTPReply, _ path: String) throws(MegaraptorError) -> ArraySlice<UInt8>? {
        guard reply.type == SFTPMessage.data else {
            let status = try SFTPStatus(reply)
            if status.code == SFTPStatus.end { return nil }
            throw status.error("reading \(path)", destination.name)
        }
        var reader = SFTPReader(reply.body)
        return try reader.bytes()
    }

    private func tooLong(_ path: String, _ limit: Int) -> MegaraptorError {
        MegaraptorError(
            .resourceExhausted,
            "\(path) on \(destination.name) is longer than the \(limit) bytes that are taken."
        )
    }
}
