// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest
internal import PluginTrust

/// What a worker is told first: which plugin to serve, and what it may use.
struct WorkerGreeting: Sendable, Equatable {
    let id: String
    let version: String
    /// Where the manifest lies.
    let folder: String
    /// `nil` for a plugin whose manifest declares everything it does.
    let library: LibraryIdentity?
    /// The tools that are C functions, as the manifest declares them.
    let nativeTools: JSONObject
    let limits: WorkerLimits

    init(_ manifest: PluginManifest, _ library: LibraryIdentity?, _ limits: WorkerLimits) {
        id = manifest.id
        version = manifest.version
        folder = manifest.folder
        self.library = library
        nativeTools = manifest.nativeTools
        self.limits = limits
    }

    var frame: Frame {
        let json: JSONValue = [
            "id": .string(id), "version": .string(version), "folder": .string(folder),
            "library": library.map { .object($0.wholeJSON) } ?? nil, "native_tools": .object(nativeTools),
            "limits": limits.json,
        ]
        return Frame(kind: .hello, number: Frame.version, body: json.jsonBytes())
    }

    /// `nil` where the frame is no greeting of this version.
    init?(_ frame: Frame) {
        guard frame.kind == .hello, frame.number == Frame.version else { return nil }
        guard case .success(let json) = Result(catching: { try JSONValue(json: frame.body) }),
            let id = json["id"]?.stringValue, let version = json["version"]?.stringValue,
            let folder = json["folder"]?.stringValue
        else { return nil }
        self.id = id
        self.version = version
        self.folder = folder
        library = json["library"]?.objectValue.flatMap(LibraryIdentity.init(wholeJSON:))
        nativeTools = json["native_tools"]?.objectValue ?? [:]
        limits = WorkerLimits(json: json["limits"] ?? [:])
    }
}
