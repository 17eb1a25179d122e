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
    let library: LibraryIdentity
    let limits: WorkerLimits

    init(_ manifest: PluginManifest, _ library: LibraryIdentity, _ limits: WorkerLimits) {
        id = manifest.id
        version = manifest.version
        folder = manifest.folder
        self.library = library
        self.limits = limits
    }

    var frame: Frame {
        let json: JSONValue = [
            "id": .string(id), "version": .string(version), "folder": .string(folder),
            "library": .object(library.wholeJSON), "limits": limits.json,
        ]
        return Frame(kind: .hello, number: Frame.version, body: json.jsonBytes())
    }

    /// `nil` where the frame is no greeting of this version.
    init?(_ frame: Frame) {
        guard frame.kind == .hello, frame.number == Frame.version else { return nil }
        guard case .success(let json) = Result(catching: { try JSONValue(json: frame.body) }),
            let id = json["id"]?.stringValue, let version = json["version"]?.stringValue,
            let folder = json["folder"]?.stringValue,
            let library = json["library"]?.objectValue.flatMap(LibraryIdentity.init(wholeJSON:))
        else { return nil }
        self.id = id
        self.version = version
        self.folder = folder
        self.library = library
        limits = WorkerLimits(json: json["limits"] ?? [:])
    }
}
