// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector.Site {
    /// The files that the globs in these parameters find, in the order of the globs.
    ///
    /// - Parameter glob: what is looked for where the first parameter is not given; its default.
    func files(by parameters: [String], otherwise glob: String) -> [Machine.File] {
        let texts = parameters.enumerated().compactMap { $0 == 0 ? self.parameters[$1] ?? glob : self.parameters[$1] }
        let globs = texts.flatMap(Self.globs).map(GlobPattern.init)
        let files = allFiles
        var seen = Set<String>()
        return globs.flatMap { glob in files.filter { glob.matches($0.path) && seen.insert($0.path).inserted } }
    }

    private var allFiles: [Machine.File] { machine.files(on: endpoint, at: now) }

    /// One glob, or a table with the column `Glob`.
    private static func globs(_ text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        return (lines.first == "Glob" ? Array(lines.dropFirst()) : lines).filter { !$0.isEmpty }
    }

    // MARK: - Sending files

    /// How the client reads files: what the parameter says, or the artifact's default.
    var accessor: String {
        if let given = parameters["Accessor"], !given.isEmpty { return given }
        return Self.readingFiles.contains(artifact) ? "file" : "auto"
    }

    private static let readingFiles: Set = [
        "Linux.Search.FileFinder", "MacOS.Search.FileFinder", "System.VFS.DownloadFile",
    ]

    /// The files below `Root` that `collectionSpec` names.
    var collected: [Machine.File] {
        let root = parameters["Root"] ?? (endpoint.system == .windows ? "C:" : "")
        let globs = Self.globs(parameters["collectionSpec"] ?? "").flatMap { [$0, root + "/" + $0] }
        let patterns = globs.map(GlobPattern.init)
        return allFiles.filter { file in !file.isFolder && patterns.contains { $0.matches(file.path) } }
    }

    /// The one file that `Path` names, or all below it.
    var downloaded: [Machine.File] {
        guard let path = parameters["Path"], !path.isEmpty else { return [] }
        let pattern = GlobPattern(parameters["Recursively"] == "Y" ? path + "/**" : path)
        return allFiles.filter { !$0.isFolder && pattern.matches($0.path) }
    }

    func uploads(_ files: [Machine.File]) -> [Upload] {
        files.map { Upload(path: $0.path, accessor: accessor, size: $0.size, text: $0.text) }
    }

    /// The cell `Upload` of a file search.
    func upload(of file: Machine.File) -> JSONValue {
        guard parameters["Upload_File"] == "Y", !file.isFolder else { return .null }
        let upload = Upload(path: file.path, accessor: accessor, size: file.size, text: file.text)
        let hash = Machine.hash(of: file.path)
        return [
            "Path": .string(file.path), "Size": .int(file.size), "UploadId": 0, "StoredSize": .int(file.size),
            "sha256": hash["SHA256"] ?? .null, "md5": hash["MD5"] ?? .null, "StoredName": .string(file.path),
            "Components": .strings(upload.components), "Accessor": .string(upload.accessor),
        ]
    }

    /// The cell `Hash` of a file search.
    func hash(of file: Machine.File) -> JSONValue {
        parameters["Calculate_Hash"] == "Y" && !file.isFolder ? Machine.hash(of: file.path) : .null
    }

    // MARK: - Known hashes

    /// The row of a file with one of the hashes that are looked for; a digest nobody asked for is not computed.
    func hunted(_ file: Machine.File) -> JSONObject? {
        var digests: JSONObject = [:]
        var isFound = false
        for name in ["MD5", "SHA1", "SHA256"] {
            let wanted = (parameters[name + "List"] ?? "").lowercased().split { !$0.isLetter && !$0.isNumber }
            let digest = Machine.hash(of: file.path)[name]?.stringValue ?? ""
            digests[name] = .string(wanted.isEmpty ? "" : digest)
            if wanted.contains(digest[...]) { isFound = true }
        }
        guard isFound, !file.isFolder else { return nil }
        return [
            "OSPath": .string(file.path), "Name": .string(file.name), "Size": .int(file.size),
            "Timestamps": [
                "Mtime": .time(file.modified), "Atime": .time(file.modified), "Ctime": .time(file.modified),
                "Btime": .time(file.modified),
            ],
            "Hash": .object(digests),
        ]
    }
}

extension Machine {
    /// The digests of a file, invented from its path so that one file has one hash on every endpoint.
    static func hash(of path: String) -> JSONValue {
        var invented = Invented("file " + path)
        return [
            "MD5": .string(invented.hex(32)), "SHA1": .string(invented.hex(40)), "SHA256": .string(invented.hex(64)),
        ]
    }
}
