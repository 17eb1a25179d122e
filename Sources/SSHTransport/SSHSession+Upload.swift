// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import MegaraptorErrors

extension SSHSession {
    /// - Returns: the SHA-256 of what is in place now, in hexadecimal.
    func upload(_ upload: Upload) throws(MegaraptorError) -> String {
        let temporary = temporaryName(beside: upload.path)
        do throws(MegaraptorError) {
            let digest = try write(upload, to: temporary)
            if let wanted = upload.sha256, wanted != digest { throw wrongSource(wanted, digest) }
            guard try remoteDigest(temporary) == digest else { throw damaged(upload.path) }
            try rename(temporary, upload.path)
            return digest
        } catch {
            discard(temporary)
            throw error
        }
    }

    /// - Returns: the SHA-256 of what was sent.
    private func write(_ upload: Upload, to temporary: String) throws(MegaraptorError) -> String {
        var reader = try UploadReader(upload.source)
        let sftp = try files()
        let what = "writing \(upload.path)"
        let handle = try create(temporary, sftp, what)
        var hash = try SHA256()
        var underWay: [UInt32] = []
        var offset: UInt64 = 0
        while true {
            let piece = try reader.next(32_000)
            if piece.isEmpty { break }
            piece.withUnsafeBytes { hash.update($0) }
            underWay.append(try sftp.send(SFTPMessage.write, writing(piece, handle, offset)))
            offset += UInt64(piece.count)
            if underWay.count >= 32 { try settle(underWay.removeFirst(), sftp, upload.path) }
            upload.progress(Int64(offset), max(reader.total, Int64(offset)))
            try control.check()
        }
        for number in underWay { try settle(number, sftp, upload.path) }
        if sftp.extensions.contains("fsync@openssh.com") {
            var body = SFTPWriter()
            body.put("fsync@openssh.com")
            try expectWritten(try sftp.ask(SFTPMessage.extended, body.bytes + handle), upload.path)
        }
        var body = SFTPWriter()
        body.put(SFTPMessage.Attribute.permissions)
        body.put(UInt32(upload.mode))
        try expectOK(try sftp.ask(SFTPMessage.setFileStat, handle + body.bytes), what)
        try expectWritten(try sftp.ask(SFTPMessage.close, handle), upload.path)
        return Self.hexadecimal(try hash.finish())
    }

    /// Opens a file that nobody else has, with a mode that lets nobody else read it.
    private func create(_ path: String, _ sftp: SFTPChannel, _ what: String) throws(MegaraptorError) -> [UInt8] {
        var body = SFTPWriter()
        body.put(path)
        body.put(SFTPMessage.Opening.creating)
        body.put(SFTPMessage.Attribute.permissions)
        body.put(UInt32(0o600))
        return try handle(from: try sftp.ask(SFTPMessage.open, body.bytes), what)
    }

    private func writing(_ piece: ArraySlice<UInt8>, _ handle: [UInt8], _ offset: UInt64) -> [UInt8] {
        var body = SFTPWriter()
        body.put(offset)
        body.put(piece)
        return handle + body.bytes
    }

    private func settle(_ number: UInt32, _ sftp: SFTPChannel, _ path: String) throws(MegaraptorError) {
        try expectWritten(try sftp.reply(to: number), path)
    }

    /// SFTP has no word for a full disk: a bare failure is looked into.
    private func expectWritten(_ reply: SFTPReply, _ path: String) throws(MegaraptorError) {
        let status = try SFTPStatus(reply)
        if status.code == SFTPStatus.ok { return }
        if status.isFailure, let free = try freeBytes(at: folder(of: path)), free < 1 << 20 {
            throw MegaraptorError(
                .resourceExhausted,
                "\(destination.name): writing \(path) failed: the disk is full (\(free) bytes are left).",
                hint: "Make room there, or choose another folder."
            )
        }
        throw status.error("writing \(path)", destination.name)
    }

    /// The far side's own `sha256sum` where it has one; else what is there is read back.
    func remoteDigest(_ path: String) throws(MegaraptorError) -> String {
        // A name that begins with a dash is a path with ./ before it.
        let word = try ShellWord.quoted(path.hasPrefix("/") ? path : "./\(path)")
        let command = SSHCommand(line: "sha256sum < \(word)", outputLimit: 256, timeLimit: .seconds(600))
        do throws(MegaraptorError) {
            let result = try run(command)
            let digest = String(result.output.text.prefix(64))
            if result.isSuccess, digest.utf8.count == 64 { return digest }
        } catch {
            // An account for files only refuses commands.
            guard error.code == .unsupported else { throw error }
        }
        var hash = try SHA256()
        try read(path, limit: .max) { $0.withUnsafeBytes { hash.update($0) } }
        return Self.hexadecimal(try hash.finish())
    }

    /// Takes the half-written file away, in a little time of its own: the job's may be over.
    private func discard(_ temporary: String) {
        guard pointer != nil else { return }
        let before = control
        control = JobControl(limit: .seconds(20))
        // The first error is the one to be told.
        _ = try? remove(temporary, isFolder: false)
        control = before
    }

    private func temporaryName(beside path: String) -> String {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let tail = Self.hexadecimal(Cryptography.randomBytes(6))
        let dot = path[slash...].hasPrefix(".") ? "" : "."
        return "\(path[..<slash])\(dot)\(path[slash...]).\(tail).part"
    }

    private func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func wrongSource(_ wanted: String, _ digest: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "What was to be uploaded has the SHA-256 \(digest), not \(wanted). Nothing was put in place.",
            hint: "Get the file anew."
        )
    }

    private func damaged(_ path: String) -> MegaraptorError {
        MegaraptorError(
            .internal,
            "What arrived on \(destination.name) for \(path) differs from what was sent. Nothing was put in place.",
            hint: "Check that machine's disk, then repeat it.",
            retryable: true
        )
    }
}
