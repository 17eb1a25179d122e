// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a root file system needs beside libraries, in a folder that goes again.
struct RootSkeleton {
    /// The folders in it.
    static let members = ["etc", "tmp"]

    private static let files = [
        "etc/passwd": "root:x:0:0:root:/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n",
        "etc/group": "root:x:0:\nnogroup:x:65534:\n",
        // The host's own names come before any that a name server knows.
        "etc/nsswitch.conf": "hosts: files dns\n",
    ]

    let path: String

    init() throws {
        var template = Array("/tmp/megaraptor-lab-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Self.failure("a folder in /tmp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (name, mode) in [("etc", mode_t(0o755)), ("tmp", 0o1777)] {
            // The mode again, because the user's mask took from it.
            guard mkdir("\(path)/\(name)", mode) == 0, chmod("\(path)/\(name)", mode) == 0 else {
                throw Self.failure(name)
            }
        }
        for (name, text) in Self.files { try write(text, to: name) }
    }

    private func write(_ text: String, to name: String) throws {
        let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure(name) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, fchmod(file, 0o644) == 0 else {
            throw Self.failure(name)
        }
    }

    func remove() {
        for name in Self.files.keys { unlink("\(path)/\(name)") }
        for name in Self.members { rmdir("\(path)/\(name)") }
        rmdir(path)
    }

    private static func failure(_ what: String) -> ValidationError {
        ValidationError("\(what) cannot be made: \(String(cString: strerror(errno))).")
    }
}
