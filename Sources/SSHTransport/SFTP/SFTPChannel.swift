// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import MegaraptorErrors

/// SFTP over one channel, spoken here and not by libssh: its calls can neither be cancelled nor have several writes
/// under way, without which each 32 KB of a binary cost one round trip.
final class SFTPChannel {
    private let channel: SSHChannel
    private var outgoing: [UInt8] = []
    private var sent = 0
    private var incoming: [UInt8] = []
    private var replies: [UInt32: SFTPReply] = [:]
    private var lastNumber: UInt32 = 0
    private(set) var awaited = 0
    private(set) var extensions: Set<String> = []

    /// No message is longer in OpenSSH either.
    private static let longestMessage = 256 << 10

    init(_ session: SSHSession) throws(MegaraptorError) {
        channel = try SSHChannel(session)
        do throws(MegaraptorError) {
            try channel.start({ ssh_channel_request_sftp($0) }, "SFTP")
            try greet()
        } catch {
            channel.close()
            throw error
        }
    }

    /// Whether nothing of an operation that was given up is still under way.
    var isClean: Bool { awaited == 0 && sent == outgoing.count && !channel.isClosed }

    func close() { channel.close() }

    /// Queues a request. - Returns: the number under which its answer is to be fetched.
    func send(_ type: UInt8, _ body: [UInt8]) throws(MegaraptorError) -> UInt32 {
        lastNumber &+= 1
        frame(type, lastNumber, body)
        awaited += 1
        try push()
        return lastNumber
    }

    func reply(to number: UInt32) throws(MegaraptorError) -> SFTPReply {
        while true {
            if let reply = replies.removeValue(forKey: number) {
                awaited -= 1
                return reply
            }
            let hasSent = try push()
            if try pull() || hasSent { continue }
            guard !channel.isClosed else { throw channel.session.lost("files were worked on") }
            try channel.session.wait()
        }
    }

    func ask(_ type: UInt8, _ body: [UInt8]) throws(MegaraptorError) -> SFTPReply {
        try reply(to: try send(type, body))
    }

    private func frame(_ type: UInt8, _ number: UInt32?, _ body: [UInt8]) {
        if sent == outgoing.count {
            outgoing.removeAll(keepingCapacity: true)
            sent = 0
        }
        var head = SFTPWriter()
        head.put(UInt32(1 + (number == nil ? 0 : 4) + body.count))
        head.put(type)
        if let number { head.put(number) }
        outgoing += head.bytes
        outgoing += body
    }

    @discardableResult
    private func push() throws(MegaraptorError) -> Bool {
        guard sent < outgoing.count else { return false }
        let count = try channel.write(outgoing[sent...])
        sent += count
        return count > 0
    }

    /// Reads what is there and takes whole messages out of it.
    private func pull() throws(MegaraptorError) -> Bool {
        try channel.pump()
        let arrived = channel.takeOutput()
        guard !arrived.isEmpty else { return false }
        incoming += arrived
        var next = 0
        while incoming.count - next >= 4 {
            var head = SFTPReader(incoming[next..<(next + 4)])
            let length = Int(try head.word())
            guard (1...Self.longestMessage).contains(length) else { throw SFTPReader.malformed }
            guard incoming.count - next - 4 >= length else { break }
            try take(incoming[(next + 4)..<(next + 4 + length)])
            next += 4 + length
        }
        incoming.removeFirst(next)
        return true
    }

    private func take(_ message: ArraySlice<UInt8>) throws(MegaraptorError) {
        var reader = SFTPReader(message)
        let type = try reader.byte()
        let number = try reader.word()
        let isVersion = type == SFTPMessage.version
        replies[isVersion ? 0 : number] = SFTPReply(type: type, body: message.dropFirst(5))
    }

    private func greet() throws(MegaraptorError) {
        var body = SFTPWriter()
        body.put(UInt32(3))
        frame(SFTPMessage.initialize, nil, body.bytes)
        awaited += 1
        let answer = try reply(to: 0)
        guard answer.type == SFTPMessage.version else { throw SFTPReader.malformed }
        var reader = SFTPReader(answer.body)
        while !reader.isAtEnd {
            extensions.insert(try reader.text())
            _ = try reader.bytes()
        }
    }
}
