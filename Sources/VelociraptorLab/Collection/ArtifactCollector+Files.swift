// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// Artifacts that look for files, and that send them to the server.
    static let files: [ArtifactCollector] = [
        finder("Linux.Search.FileFinder", on: .linux, named: "SearchFilesGlob", otherwise: "/home/*") { file, site in
            [
                "OSPath": .string(file.path), "Inode": .null, "Mode": .int(file.goMode), "Size": .int(file.size),
                "ATime": .time(file.modified), "MTime": .time(file.modified), "CTime": .time(file.modified),
                "Keywords": .null, "Upload": site.upload(of: file), "Hash": site.hash(of: file),
            ]
        },
        finder("MacOS.Search.FileFinder", on: .darwin, named: "SearchFilesGlob", otherwise: "/Users/*") { file, site in
            [
                "OSPath": .string(file.path), "Inode": .null, "Mode": .string(file.modeText), "Size": .int(file.size),
                "ATime": .time(file.modified), "MTime": .time(file.modified), "CTime": .time(file.modified),
                "BTime": .time(file.modified), "Keywords": .null, "Upload": site.upload(of: file), "XAttr": .null,
                "Hash": site.hash(of: file),
            ]
        },
        finder("Windows.Search.FileFinder", on: .windows, named: "Glob", otherwise: "") { file, site in
            [
                "OSPath": .string(file.path), "Inode": .null, "Mode": .string(file.modeText), "Size": .int(file.size),
                "MTime": .time(file.modified), "ATime": .time(file.modified), "CTime": .time(file.modified),
                "BTime": .time(file.modified), "Keywords": .null, "IsDir": .bool(file.isFolder),
                "Upload": site.upload(of: file), "Hash": site.hash(of: file), "Data": [:],
            ]
        },
        ArtifactCollector("Generic.Collectors.File", sources: collectors),
        ArtifactCollector("Windows.Collectors.File", sources: collectors),
        ArtifactCollector(
            "System.VFS.DownloadFile",
            sources: [
                Source(name: "", systems: .everywhere, uploads: { $0.uploads($0.downloaded) }) { site in
                    site.downloaded.map { file in
                        [
                            "Path": .string(file.path), "Accessor": .string(site.accessor), "Size": .int(file.size),
                            "StoredSize": .int(file.size), "Sha256": .null, "Md5": .null, "Error": .null,
                            "_Components": .strings(site.uploads([file])[0].components),
                        ]
                    }
                }
            ]
        ),
        ArtifactCollector("Generic.Detection.HashHunter", on: .everywhere) { site in
            site.files(by: ["TargetGlob"], otherwise: "**").compactMap(site.hunted)
        },
        ArtifactCollector(
            "Generic.Forensic.LocalHashes.Glob",
            sources: [Source(name: "", systems: .everywhere, results: localHashes)]
        ),
        ArtifactCollector("Linux.Detection.AnomalousFiles", on: [.linux]) { site in
            let files = site.files(by: ["PathsToSearch"], otherwise: "/home/**")
            return files.filter { $0.isHidden || $0.hasSUID || $0.size > 10_000_000 }.map { file in
                [
                    "Host": .null, "OSPath": .string(file.path), "IsHidden": .bool(file.isHidden),
                    "Size": .int(file.size), "IsLarge": .bool(file.size > 10_000_000), "Mode": .string(file.modeText),
                    "HasSUID": .bool(file.hasSUID),
                ]
            }
        },
    ]

    private static func finder(
        _ artifact: String,
        on system: OperatingSystem,
        named parameter: String,
        otherwise glob: String,
        row: @escaping @Sendable (Machine.File, Site) -> JSONObject
    ) -> ArtifactCollector {
        @Sendable func found(_ site: Site) -> [Machine.File] {
            site.files(by: [parameter, "SearchFilesGlobTable"], otherwise: glob)
        }
        let source = Source(
            name: "",
            systems: [system],
            uploads: { $0.parameters["Upload_File"] == "Y" ? $0.uploads(found($0).filter { !$0.isFolder }) : [] },
            rows: { site in found(site).map { row($0, site) } }
        )
        return ArtifactCollector(artifact, sources: [source])
    }

    private static let collectors = [
        Source(name: "All Matches Metadata", systems: .everywhere) { site in
            site.collected.map { file in
                [
                    "Created": .time(file.modified), "Changed": .time(file.modified),
                    "LastAccessed": .time(file.modified), "Modified": .time(file.modified), "Size": .int(file.size),
                    "SourceFile": .string(file.path),
                ]
            }
        },
        Source(name: "Uploads", systems: .everywhere, uploads: { $0.uploads($0.collected) }) { site in
            site.collected.map { file in
                [
                    "CopiedOnTimestamp": .integer(site.now.seconds), "SourceFile": .string(file.path),
                    "DestinationFile": .string(file.path), "FileSize": .int(file.size),
                    "SourceFileSha256": Machine.hash(of: file.path)["SHA256"] ?? .null, "Created": .time(file.modified),
                    "Changed": .time(file.modified), "Modified": .time(file.modified),
                    "LastAccessed": .time(file.modified),
                ]
            }
        },
    ]

    /// The files of the machine and, where the glob names its folder, all of its archive.
    private static let localHashes: @Sendable (Site) -> ResultRows = { site in
        let glob = site.parameters["HashGlob"] ?? ""
        let files = site.files(by: ["HashGlob"], otherwise: "**")
        let archive = site.machine.archive.flatMap { GlobPattern(glob).matches($0.path(0)) ? $0 : nil }
        return ResultRows(count: files.count + (archive?.count ?? 0)) { index in
            let place = index - files.count
            let path = place < 0 ? files[index].path : archive?.path(place) ?? ""
            let size = place < 0 ? files[index].size : archive?.size(place) ?? 0
            return ["OSPath": .string(path), "Hash": Machine.hash(of: path)["MD5"] ?? .null, "Size": .int(size)]
        }
    }
}

extension Machine.File {
    var isHidden: Bool { name.hasPrefix(".") }
    var hasSUID: Bool { mode & 0o4000 != 0 }

    /// The mode as Go has it: the folder's bit is the highest.
    fileprivate var goMode: Int { (mode & 0o777) | (isFolder ? 1 << 31 : 0) }

    /// `-rw-r--r--`; `u` stands first for SUID.
    fileprivate var modeText: String {
        let bits = Array("rwxrwxrwx").enumerated().map { mode & (0o400 >> $0) != 0 ? $1 : "-" }
        return (isFolder ? "d" : hasSUID ? "u" : "-") + String(bits)
    }
}
