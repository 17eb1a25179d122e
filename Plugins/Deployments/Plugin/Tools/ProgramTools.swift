// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct DownloadInput: ToolInput {
    var version: String?
    var platform: String?
    var sha256: String?
    var source: String?

    static let schema = Schema.object(
        .optional(
            "version",
            .string(pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$").defaulting(to: .string("\(VelociraptorVersion.known)"))
        ),
        .optional(
            "platform",
            .string.with("enum", .array(ReleasePlatform.allCases.map { .string($0.rawValue) }))
                .defaulting(to: .string(ReleasePlatform.anyLinux.rawValue))
        ),
        .optional(
            "sha256",
            .string(pattern: "^[0-9a-fA-F]{64}$").described(
                "What the file must have; needed for all that comes over a network, unless operations have set it."
            )
        ),
        .optional(
            "source",
            .string.with("maxLength", 4096).described(
                "A URL or absolute path of the file itself. Default: the vendor's releases, or the mirror that operations set."
            )
        )
    )
}

extension DeploymentsPlugin {
    var programTools: [Tool] {
        [
            Tool(
                "download_velociraptor",
                title: "Get the Velociraptor program",
                description: """
                    Fetches a release of Velociraptor, checks its SHA-256 and that it is a program for the platform, and \
                    keeps it for deploy_server's `binary`. Without a checksum nothing is fetched from a network.
                    """,
                toolset: Self.toolset,
                effects: Tool.Effects(readOnly: false, destructive: false, idempotent: true, openWorld: true),
                outputSchema: Self.openObject
            ) { (input: DownloadInput, context: CallContext) in
                ToolResult(structured: .object(try await download(input, context)))
            }
        ]
    }

    private func download(_ input: DownloadInput, _ context: CallContext) async throws(MegaraptorError) -> JSONObject {
        let version = try input.version.map { text throws(MegaraptorError) in try VelociraptorVersion(text) } ?? .known
        let platform = try ReleasePlatform.named(input.platform ?? ReleasePlatform.anyLinux.rawValue)
        let asset = ReleaseAsset(version, platform)
        let settings = try await core.settings()
        let sums = settings["checksums"]?.objectValue ?? [:]
        let table = try ChecksumTable(
            Dictionary(sums.map { ($0.key, $0.value.stringValue ?? "") }) { first, _ in first }
        )
        let mirror = settings["releases"]?.stringValue.map { BinarySource.releases($0) } ?? .vendor
        let stored = try await BinaryStore(folder: try await core.programFolder()).fetch(
            asset,
            from: try input.source.map { text throws(MegaraptorError) in try BinarySource(text) } ?? mirror,
            sha256: input.sha256 ?? table[asset],
            progress: { done, whole in
                context.progress(Double(done), of: whole.map(Double.init), "\(done >> 20) MiB of \(asset.fileName)")
            }
        )
        return [
            "path": .string(stored.path), "file": .string(asset.fileName), "version": .string("\(version)"),
            "platform": .string(platform.rawValue), "sha256": .string(stored.sha256), "bytes": .integer(stored.size),
            "was_there": .bool(stored.wasKept),
        ]
    }
}
