// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Imports point one way")
struct DirectionTests {
    /// What each target of the host may depend on. A target that is not named here is not of the host.
    private static let allowed: [String: Set<String>] = [
        "CMegaraptorABI": [],
        "JSONValue": [],
        "MegaraptorErrors": ["JSONValue"],
        "CLibCrypto": [],
        "CWorker": [],
        "WholeFiles": ["MegaraptorErrors"],
        "Cryptography": ["CLibCrypto", "MegaraptorErrors"],
        "YAMLSource": ["CYAML", "JSONValue", "MegaraptorErrors"],
        "MCPProtocol": ["JSONValue", "MegaraptorErrors"],
        "MCPTransport": ["MCPProtocol", "MegaraptorErrors"],
        "PluginManifest": ["YAMLSource", "JSONValue", "MegaraptorErrors"],
        "Catalog": ["PluginManifest", "YAMLSource", "JSONValue", "MegaraptorErrors"],
        "PluginTrust": ["PluginManifest", "Cryptography", "WholeFiles", "YAMLSource", "JSONValue", "MegaraptorErrors"],
        "SecretStore": ["Cryptography", "WholeFiles", "JSONValue", "MegaraptorErrors"],
        "AuditLog": ["Cryptography", "JSONValue", "MegaraptorErrors"],
        "AuditReview": ["AuditLog", "Cryptography", "JSONValue", "MegaraptorErrors"],
        "NativeFunctions": ["CFFI", "PluginManifest", "JSONValue", "MegaraptorErrors"],
        "PluginHost": [
            "CMegaraptorABI", "CWorker", "PluginTrust", "NativeFunctions", "PluginManifest", "WholeFiles",
            "JSONValue", "MegaraptorErrors",
        ],
        "MCPServer": [
            "MCPProtocol", "MCPTransport", "Catalog", "PluginManifest", "Cryptography", "JSONValue",
            "MegaraptorErrors",
        ],
        "MegaraptorPluginKit": ["CMegaraptorABI", "JSONValue", "MegaraptorErrors"],
        "MegaraptorPluginTesting": ["MegaraptorPluginKit", "CMegaraptorABI", "JSONValue", "MegaraptorErrors"],
        "VQL": [],
    ]

    /// The imports that a target's files name, of those that are targets of this package.
    private func imports(of target: String, among known: Set<String>) throws -> Set<String> {
        let folder = Products.sourceRoot.appending(path: "Sources/\(target)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else { continue }
                found.insert(String(words[place + 1]))
            }
        }
        return found.intersection(known)
    }

    @Test("No target of the host reaches upward, and none imports Foundation", arguments: allowed.keys.sorted())
    func direction(target: String) throws {
        let sources = try FileManager.default.contentsOfDirectory(
            atPath: Products.sourceRoot.appending(path: "Sources").path
        )
        let known = Set(sources).union(["CYAML", "CGRPC", "COpenSSL", "CFFI", "Foundation", "FoundationEssentials"])
        let found = try imports(of: target, among: known)
        #expect(found.isSubset(of: Self.allowed[target] ?? []), "\(found)")
    }

    /// Lines that are neither blank nor only a comment.
    private func codeLines(of file: URL) throws -> Int {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count { line in
            let text = line.drop { $0 == " " }
            return !text.isEmpty && !text.hasPrefix("//")
        }
    }

    /// What no request to the host passes through: a language, what authors use, and what only commands use.
    private static let uncounted: Set<String> = [
        "VQL", "MegaraptorPluginKit", "MegaraptorPluginTesting", "AuditReview",
    ]

    /// Libraries that know neither the protocol nor plugins: they could serve any other program.
    private static let general: Set<String> = [
        "JSONValue", "MegaraptorErrors", "YAMLSource", "Cryptography", "CLibCrypto", "WholeFiles",
    ]

    private func codeLines(of targets: Set<String>) throws -> Int {
        var lines = 0
        for target in targets {
            let folder = Products.sourceRoot.appending(path: "Sources/\(target)")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                guard ["swift", "c", "h"].contains(file.pathExtension) else { continue }
                lines += try codeLines(of: file)
            }
        }
        return lines
    }

    @Test("The host stays small: 10,750 lines of code that know the protocol or plugins, 15,300 with its libraries")
    func size() throws {
        let all = Set(Self.allowed.keys).subtracting(Self.uncounted)
        let own = try codeLines(of: all.subtracting(Self.general))
        #expect(own < 10_750, "\(own) lines")
        let together = try codeLines(of: all)
        #expect(together < 15_300, "\(together) lines")
    }
}
