// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// The far side's answer to a request that carries nothing back.
struct SFTPStatus {
    static let ok: UInt32 = 0
    static let end: UInt32 = 1

    let code: UInt32
    let words: String

    init(_ reply: SFTPReply) throws(MegaraptorError) {
        var reader = SFTPReader(reply.body)
        guard reply.type == SFTPMessage.status else { throw SFTPReader.malformed }
        code = try reader.word()
        words = reader.isAtEnd ? "" : try reader.text()
    }

    var isFailure: Bool { code == 4 }

    func error(_ what: String, _ host: String) -> MegaraptorError {
        switch code {
        case 2: MegaraptorError(.notFound, "\(host): \(what) failed: there is no such file or folder.")
        case 3:
            MegaraptorError(
                .permissionDenied,
                "\(host): \(what) failed: this user may not do that.",
                hint: "Take a user with the right to it, or another path."
            )
        case 8: MegaraptorError(.unsupported, "\(host): \(what) failed: its SFTP server cannot do that.")
        default:
            MegaraptorError(
                .failedPrecondition,
                "\(host): \(what) failed: \(words.isEmpty ? "no reason given" : words)."
            )
        }
    }
}
