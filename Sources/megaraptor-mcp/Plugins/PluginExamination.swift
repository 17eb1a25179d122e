// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust

/// What can be found out about a plugin's files before anybody trusts it.
struct PluginExamination {
    let manifest: PluginManifest
    /// What the plugin is now; `nil` where it is refused.
    private(set) var fingerprint: PluginFingerprint?
    /// Whose signature was found good.
    private(set) var signer: String?
    /// The signature in a sentence's end.
    private(set) var signature = "none"
    private(set) var refusal: MegaraptorError?
    let faults: [FileFault]

    init(_ manifest: PluginManifest, _ policy: TrustPolicy) {
        self.manifest = manifest
        faults = policy.faults(of: manifest)
        do throws(MegaraptorError) {
            let fingerprint = try policy.fingerprint(of: manifest)
            try readSignature(of: fingerprint, policy)
            self.fingerprint = fingerprint
        } catch {
            refusal = error
        }
    }

    /// A signature by somebody unknown counts as none, unless one is demanded; one that is wrong never does.
    private mutating func readSignature(
        of fingerprint: PluginFingerprint,
        _ policy: TrustPolicy
    ) throws(MegaraptorError) {
        guard policy.requirement == .signed || PluginSignature.exists(in: manifest.folder) else { return }
        let file = try PluginSignature(in: manifest.folder)
        guard policy.requirement == .signed || policy.signers.values.contains(file.key) else {
            signature = "by the key \(file.key), which is none of trust.signers"
            return
        }
        let name = try file.signer(of: fingerprint, among: policy.signers)
        signer = name
        signature = "by \(name)"
    }

    var json: JSONObject {
        var json: JSONObject = [
            "id": .string(manifest.id), "version": .string(manifest.version), "folder": .string(manifest.folder),
        ]
        json["library"] = manifest.libraryPath.map(JSONValue.string)
        json["sha256"] = fingerprint?.json["sha256"]
        json["manifest_sha256"] = fingerprint?.json["manifest_sha256"]
        json["signature"] = .string(signature)
        json["signer"] = signer.map(JSONValue.string)
        json["refusal"] = refusal.map { ["message": .string($0.message), "hint": .string($0.hint)] }
        json["faults"] = .array(
            faults.map { fault in
                [
                    "cause": .string(fault.cause.rawValue), "path": .string(fault.path),
                    "message": .string(fault.message), "command": .string(fault.command),
                ]
            }
        )
        return json
    }

    /// Labels and what stands behind them.
    var lines: [(String, String)] {
        var lines = [("folder", manifest.folder)]
        if manifest.library != nil { lines.append(("library", manifest.libraryPath ?? "not found")) }
        if let library = fingerprint?.library { lines.append(("sha256", library)) }
        if let fingerprint { lines.append(("manifest", fingerprint.manifest)) }
        lines.append(("signature", signature))
        lines.append(("needs", manifest.permissions.text))
        guard let refusal else { return lines }
        // One after the other, so that each command stands under its cause.
        guard faults.isEmpty else { return lines + faults.flatMap { [("unsafe", $0.message), ("fix", $0.command)] } }
        return lines + [("refused", refusal.message), ("fix", refusal.hint)]
    }
}

extension Permissions {
    /// What the plugin says that it needs, for people.
    fileprivate var text: String {
        var parts: [String] = []
        if network { parts.append("the network") }
        if exec { parts.append("to start programs") }
        if filesystem { parts.append("files beyond its own folders") }
        if !secrets.isEmpty { parts.append("the secrets \(secrets.joined(separator: " "))") }
        if !environment.isEmpty { parts.append("the variables \(environment.joined(separator: " "))") }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }
}
