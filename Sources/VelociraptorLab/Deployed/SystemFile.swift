// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files and folders of the server, with the words of the Go library for what goes wrong.
enum SystemFile {
    /// The text of a file.
    static func contents(
        of path: String,
        _ failure: (String) -> ServerFailure
    ) throws(ServerFailure) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open \(path): \(reason())") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw failure("read \(path): \(reason())") }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    /// Writes a file that only its owner can read, and puts it in place at once.
    static func write(
        _ text: String,
        to path: String,
        _ failure: (String) -> ServerFailure
    ) throws(ServerFailure) {
        let fresh = path + ".tmp"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open \(path): \(reason())") }
        let isWritten = writeAll(Array(text.utf8), to: descriptor)
        guard close(descriptor) == 0, isWritten, rename(fresh, path) == 0 else {
            throw failure("write \(path): \(reason())")
        }
    }

    /// Makes a folder and those above it.
    static func makeDirectory(_ path: String, _ failure: (String) -> ServerFailure) throws(ServerFailure) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/" + part
            guard mkdir(built, 0o700) != 0 else { continue }
            let number = errno
            if number == EEXIST, isDirectory(built) { continue }
            // Another part of the path may stand on a file system that cannot be written, and be there already.
            if isDirectory(built) { continue }
            throw failure("mkdir \(built): \(reason(number == EEXIST ? ENOTDIR : number))")
        }
    }

    /// The names in a folder; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let length = Int(strnlen(&entry.pointee.d_name.0, 256))
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0[..<length], as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func remove(_ path: String) { unlink(path) }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// What the last call failed with, in lower case as Go has it.
    static func reason(_ number: Int32 = errno) -> String {
        let text = String(cString: strerror(number))
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    /// The name of this machine.
    static var hostname: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The name of the user that this process runs as, or its number where it has no name.
    static var currentUser: String {
        guard let entry = getpwuid(geteuid()) else { return String(geteuid()) }
        return String(cString: entry.pointee.pw_name)
    }
}
