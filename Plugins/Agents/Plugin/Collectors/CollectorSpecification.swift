// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The `spec.yaml` of the vendor's command `collector`. JSON is YAML, too. Unknown keys would be ignored there in
/// silence, so only those are written that 0.77.2 knows.
struct CollectorSpecification: Sendable {
    let system: AgentSystem
    let artifacts: [String]
    /// By artifact: names and values, all of them text.
    let parameters: JSONObject
    let encryption: CollectorEncryption
    let name: String
    /// Of one processor, in per cent; 0 is no limit.
    let cpuLimit: Int
    let timeoutSeconds: Int

    /// As the vendor calls the system.
    var vendorSystem: String {
        switch system {
        case .windows: "Windows"
        case .linux: "Linux"
        case .macos: "MacOS"
        }
    }

    /// As the vendor calls the program that is packed. For Macs it is a stub, as a changed program would not run there.
    var tool: String {
        switch system {
        case .windows: "VelociraptorWindows"
        case .linux: "VelociraptorLinux"
        case .macos: "VelociraptorCollector"
        }
    }

    var json: JSONObject {
        [
            "OS": .string(vendorSystem),
            "Artifacts": .object(JSONObject(artifacts.map { ($0, parameters[$0] ?? [:]) })),
            "Target": "ZIP", "TargetArgs": [:], "EncryptionScheme": .string(encryption.scheme),
            "EncryptionArgs": .object(encryption.arguments), "OptVerbose": "Y", "OptBanner": "Y", "OptPrompt": "N",
            "OptAdmin": "Y", "OptFormat": "jsonl", "OptLevel": "5",
            "OptFilenameTemplate": "Collection-%Hostname%-%TIMESTAMP%", "OptCollectorTemplate": .string(name),
            "OptCpuLimit": .string("\(cpuLimit)"), "OptTimeout": .string("\(timeoutSeconds)"), "OptDeleteAtExit": "N",
        ]
    }

    var text: String { JSONValue.object(json).json() + "\n" }
}
