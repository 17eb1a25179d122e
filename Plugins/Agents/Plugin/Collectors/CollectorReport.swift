// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What is told of a collector that was made, or of a kit.
struct CollectorReport: Sendable {
    let specification: CollectorSpecification
    /// Its file's name; `nil` for a kit.
    let collector: String?
    let folder: String

    private var holdsPassword: Bool { if case .password = specification.encryption { true } else { false } }

    private var message: String {
        guard let collector else {
            return
                "This is only a kit, and collects nothing yet: no Velociraptor was given that could build the collector."
                + " Add one and run \(CollectorKit.script), or call again with packager. \(specification.encryption.opening)"
        }
        return "Made \(collector) for \(specification.system.rawValue), which collects \(specification.artifacts.count)"
            + " artifacts. \(specification.encryption.opening)"
    }

    private var steps: [String] {
        guard let collector else {
            return [
                "Get Velociraptor for a machine like this one, and the release of the same version for"
                    + " \(specification.system.rawValue) (download_velociraptor).",
                "./\(CollectorKit.script) VELOCIRAPTOR PROGRAM VERSION", "Go on as with a collector: see README.md.",
            ]
        }
        let run =
            switch specification.system {
            case .windows: collector
            case .linux: "sudo ./\(collector)"
            case .macos: "sudo ./velociraptor -- --embedded_config ./\(collector), with the release for Macs beside it"
            }
        return [
            "Copy \(collector) to the machine, onto a disk with room for what it collects.",
            "Run it with all rights: \(run). It writes Collection-HOST-TIME.zip and a log beside itself.",
            "Bring the archive back, note its SHA-256, and load it with import_offline_collection.",
        ]
    }

    func answer(_ files: [Artefact], deployment: String?) -> JSONObject {
        let made = files.first { $0.name == collector }
        return [
            "deployment_id": deployment.map(JSONValue.string) ?? .null, "is_kit": .bool(collector == nil),
            "target_os": .string(specification.system.rawValue), "folder": .string(folder),
            "file_path": made.map { .string($0.path) } ?? .null, "file_size": made.map { .integer($0.size) } ?? .null,
            "checksum": made.map { .string($0.sha256) } ?? .null,
            "artifacts": .array(specification.artifacts.map(JSONValue.string)),
            "encryption": .string(specification.encryption.scheme), "holds_secret": .bool(holdsPassword),
            "files": .array(files.map(\.json)), "instructions": .array(steps.map(JSONValue.string)),
            "message": .string(message),
        ]
    }

    var guide: String {
        let lines = steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
        return """
            # Offline collector for \(specification.system.rawValue)

            \(message)

            \(lines.joined(separator: "\n"))

            ## What it collects

            \(specification.artifacts.map { "* \($0)" }.joined(separator: "\n"))

            ## Opening the archive by hand

            velociraptor --config SERVER_CONFIG decrypt /ABSOLUTE/in.zip /ABSOLUTE/out.zip opens what is encrypted to a
            certificate, with the key in that configuration's Frontend.private_key. What is encrypted by a password:
            velociraptor unzip --password PASSWORD --dump_dir FOLDER /ABSOLUTE/in.zip. Without the password that command
            takes nothing out and says nothing. Common unzip programs do not know this encryption.

            """
    }
}
