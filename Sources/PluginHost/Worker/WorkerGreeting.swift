// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest

/// What a worker is told first: which plugin to serve, and what it may use.
struct WorkerGreeting: Sendable, Equatable {
    let id: String
    let version: String
    /// Where the manifest lies.
    let folder: String
    /// `nil` for a plugin whose manifest declares everything it does.
    let library: String?
    /// The tools that are C functions, as the manifest declares them.
    let nativeTools: JSONObject
    let limits: WorkerLimits

    init(_ manifest: PluginManifest, _ limits: WorkerLimits) {
        id = manifest.id
        version = manifest.version
        folder = manifest.folder
        library = manifest.libraryPath
        nativeTools = manifest.nativeTools
        self.limits = limits
    }

    var frame: Frame {
        var object: JSONObject = [
            "id": .string(id), "version": .string(version), "folder": .string(folder), "limits": limits.json,
            "native_tools": .object(nativeTools),
        ]
        if let library { object["library"] = .string(library) }
        return Frame(kind: .hello, number: Frame.version, body: JSONValue.object(object).jsonBytes())
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
        library = json["library"]?.stringValue
        nativeTools = json["native_tools"]?.objectValue ?? [:]
        limits = WorkerLimits(json: json["limits"] ?? [:])
    }
}
