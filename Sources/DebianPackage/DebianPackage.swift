// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import MegaraptorErrors

/// A binary package for Debian and what descends from it: `deb(5)`, format 2.0.
public struct DebianPackage: Sendable {
    /// Lower-case letters, digits, `+`, `-` and `.`.
    public var name: String
    public var version: String
    /// As `dpkg --print-architecture` has it.
    public var architecture: String
    public var maintainer: String
    /// One line.
    public var summary: String
    /// More lines; none of them is empty.
    public var description: [String]
    public var homepage: String?
    public var files: [PackagedFile]
    /// `postinst`, `prerm` and `postrm` by name: shell programs.
    public var scripts: [String: String]

    public init(
        name: String,
        version: String,
        architecture: String,
        maintainer: String,
        summary: String,
        description: [String] = [],
        homepage: String? = nil,
        files: [PackagedFile],
        scripts: [String: String] = [:]
    ) {
        self.name = name
        self.version = version
        self.architecture = architecture
        self.maintainer = maintainer
        self.summary = summary
        self.description = description
        self.homepage = homepage
        self.files = files
        self.scripts = scripts
    }

    /// Writes the package to a file that is not there yet; it is its owner's alone. Reads all that it packs, so it
    /// takes a while.
    ///
    /// - Parameter time: of everything in it, in seconds since 1970.
    /// - Throws: `not_found` for a file to pack that cannot be read, `conflict` where it changes meanwhile, `internal`
    ///   where nothing can be written. Then nothing stays.
    public func write(to path: String, time: Int64) throws(MegaraptorError) {
        let (control, data) = ("\(path).control", "\(path).data")
        // What an interrupted writer left behind was never used.
        func clear() { for draft in [control, data] { unlink(draft) } }
        clear()
        defer { clear() }
        let target = try TargetFile(path)
        do {
            try pack(controlFiles, folders: [], into: control, time)
            try pack(files, folders: folders, into: data, time)
            let archive = try ArWriter(target, time: time)
            try archive.add("debian-binary", Array("2.0\n".utf8))
            try archive.add("control.tar.gz", file: control)
            try archive.add("data.tar.gz", file: data)
            try archive.finish()
        } catch {
            unlink(path)
            throw error
        }
    }

    private func pack(
        _ files: [PackagedFile],
        folders: [String],
        into path: String,
        _ time: Int64
    ) throws(MegaraptorError) {
        var archive = TarWriter(try GzipWriter(TargetFile(path)), time: time)
        for folder in folders { try archive.add(folder: folder) }
        for file in files { try archive.add(file) }
        try archive.finish()
    }

    /// Every folder above a file, the outer ones first.
    private var folders: [String] {
        var folders: Set<String> = []
        for file in files {
            var parts = file.path.split(separator: "/").dropLast()
            while !parts.isEmpty {
                folders.insert("/" + parts.joined(separator: "/"))
                parts = parts.dropLast()
            }
        }
        return folders.sorted()
    }
}
