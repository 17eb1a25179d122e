// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

extension SSHSession {
    /// A channel with nothing under way on it.
    func files() throws(MegaraptorError) -> SFTPChannel {
        if let sftp, sftp.isClean, pointer != nil { return sftp }
        sftp?.close()
        sftp = nil
        let fresh = try SFTPChannel(self)
        sftp = fresh
        return fresh
    }

    func stat(_ path: String) throws(MegaraptorError) -> RemoteFile? {
        let reply = try ask(SFTPMessage.lstat, path)
        if reply.type == SFTPMessage.attributes {
            var reader = SFTPReader(reply.body)
            return RemoteFile(path, try reader.attributes())
        }
        let status = try SFTPStatus(reply)
        if status.code == 2 { return nil }
        throw status.error("looking at \(path)", destination.name)
    }

    func list(_ folder: String) throws(MegaraptorError) -> [RemoteFile] {
        let handle = try handle(from: try ask(SFTPMessage.openFolder, folder), "listing \(folder)")
        var found: [RemoteFile] = []
        while true {
            let reply = try files().ask(SFTPMessage.readFolder, handle)
            guard reply.type == SFTPMessage.names else {
                let status = try SFTPStatus(reply)
                try closeHandle(handle)
                if status.code == SFTPStatus.end { return found.sorted { $0.path < $1.path } }
                throw status.error("listing \(folder)", destination.name)
            }
            var reader = SFTPReader(reply.body)
            for _ in 0..<(try reader.word()) {
                let name = try reader.text()
                _ = try reader.bytes()
                let attributes = try reader.attributes()
                guard name != ".", name != "..", !name.contains("/") else { continue }
                found.append(RemoteFile(folder == "/" ? "/\(name)" : "\(folder)/\(name)", attributes))
            }
        }
    }

    /// - Returns: whether there was something to remove.
    func remove(_ path: String, isFolder: Bool) throws(MegaraptorError) -> Bool {
        let type = isFolder ? SFTPMessage.removeFolder : SFTPMessage.remove
        let status = try SFTPStatus(try ask(type, path))
        if status.code == 2 { return false }
        guard status.code == SFTPStatus.ok else { throw status.error("removing \(path)", destination.name) }
        return true
    }

    /// - Returns: whether it was made; `false` for a folder that was there.
    func makeFolder(_ path: String, mode: UInt16) throws(MegaraptorError) -> Bool {
        var body = SFTPWriter()
        body.put(path)
        body.put(SFTPMessage.Attribute.permissions)
        body.put(UInt32(mode))
        let status = try SFTPStatus(try files().ask(SFTPMessage.makeFolder, body.bytes))
        if status.code == SFTPStatus.ok {
            // The far side's umask had its word in the mode.
            try setMode(path, mode)
            return true
        }
        if try stat(path)?.kind == .folder { return false }
        throw status.error("making the folder \(path)", destination.name)
    }

    func setMode(_ path: String, _ mode: UInt16) throws(MegaraptorError) {
        var body = SFTPWriter()
        body.put(path)
        body.put(SFTPMessage.Attribute.permissions)
        body.put(UInt32(mode))
        try expectOK(try files().ask(SFTPMessage.setStat, body.bytes), "setting the mode of \(path)")
    }

    /// Puts `from` in the place of `to`, at one blow where the far side can.
    func rename(_ from: String, _ to: String) throws(MegaraptorError) {
        let sftp = try files()
        var body = SFTPWriter()
        let isAtomic = sftp.extensions.contains("posix-rename@openssh.com")
        if isAtomic { body.put("posix-rename@openssh.com") } else { _ = try remove(to, isFolder: false) }
        body.put(from)
        body.put(to)
        let type = isAtomic ? SFTPMessage.extended : SFTPMessage.rename
        try expectOK(try sftp.ask(type, body.bytes), "renaming \(from) to \(to)")
    }

    /// Bytes that this user may still write where `path` is; `nil` where the far side does not tell.
    func freeBytes(at path: String) throws(MegaraptorError) -> UInt64? {
        let sftp = try files()
        guard sftp.extensions.contains("statvfs@openssh.com") else { return nil }
        var body = SFTPWriter()
        body.put("statvfs@openssh.com")
        body.put(path)
        let reply = try sftp.ask(SFTPMessage.extended, body.bytes)
        guard reply.type == SFTPMessage.extendedReply else { return nil }
        var reader = SFTPReader(reply.body)
        _ = try reader.long()
        let unit = try reader.long()
        _ = try reader.long()
        _ = try reader.long()
        return unit.multipliedReportingOverflow(by: try reader.long()).partialValue
    }

    func expectOK(_ reply: SFTPReply, _ what: String) throws(MegaraptorError) {
        let status = try SFTPStatus(reply)
        guard status.code == SFTPStatus.ok else { throw status.error(what, destination.name) }
    }

    func handle(from reply: SFTPReply, _ what: String) throws(MegaraptorError) -> [UInt8] {
        guard reply.type == SFTPMessage.handle else {
            throw try SFTPStatus(reply).error(what, destination.name)
        }
        // A handle goes back as it came: with its length.
        return Array(reply.body)
    }

    func closeHandle(_ handle: [UInt8]) throws(MegaraptorError) {
        try expectOK(try files().ask(SFTPMessage.close, handle), "closing a file")
    }

    private func ask(_ type: UInt8, _ path: String) throws(MegaraptorError) -> SFTPReply {
        var body = SFTPWriter()
        body.put(path)
        return try files().ask(type, body.bytes)
    }
}
