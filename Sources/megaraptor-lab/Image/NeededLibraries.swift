// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The shared libraries of this program.
enum NeededLibraries {
    /// By the paths under which the loader finds them, and with the loader itself; sorted.
    ///
    /// The loader itself is asked, because only it knows all the places where it looks.
    ///
    /// - Parameter scratch: a file that is made and removed.
    static func paths(scratch: String) throws -> [String] {
        defer { unlink(scratch) }
        let status = try ChildProgram.run(
            ["/proc/self/exe"],
            output: scratch,
            environment: ["LD_TRACE_LOADED_OBJECTS=1"]
        )
        guard status == 0 else { throw ValidationError("The loader does not tell the libraries of this program.") }
        var found: Set<String> = []
        // A line is "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)", or a path alone.
        for line in try text(of: scratch).split(separator: "\n") {
            guard !line.hasSuffix("not found") else { throw ValidationError("A library is missing:\(line).") }
            if let path = line.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("/") }) {
                found.insert(String(path))
            }
        }
        guard !found.isEmpty else { throw ValidationError("This program has no shared libraries: it needs no image.") }
        // By it the loader finds what lies outside of the usual folders.
        if access(cache, R_OK) == 0 { found.insert(cache) }
        return found.sorted()
    }

    private static let cache = "/etc/ld.so.cache"

    private static func text(of path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ValidationError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
        defer { close(file) }
        var bytes: [UInt8] = []
        while true {
            let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
                count = space.baseAddress.map { max(0, read(file, $0, space.count)) } ?? 0
            }
            if part.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += part
        }
    }
}
