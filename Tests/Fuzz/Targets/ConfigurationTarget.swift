// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import MegaraptorErrors

/// The operator's file.
struct ConfigurationTarget: FuzzTarget {
    let name = "configuration"
    let seeds: [[UInt8]] = [
        """
        plugin_dirs: [/opt/plugins]
        toolsets: [default, deploy]
        tools: {allow: ["get_*"], deny: [run_vql]}
        read_only: false
        confirm: every-change
        limits: {deadline_seconds: 60, result_bytes: 65536, concurrent_calls: 4}
        trust: {policy: signed, signers: {me: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}
        audit: {enabled: true, keep: 3}
        plugins:
          org.example.a: {api_config: /etc/a.yaml}
        """,
        "read_only: true\n",
    ].map { Array($0.utf8) }

    let words = [
        "toolsets:", "tools:", "deny:", "allow:", "read_only: yes", "confirm: never", "limits:", "trust:", "audit:",
        "plugins:", "&a ", "*a", "!!set ", "|", "- ", "{", "}", "\"*\"", "?", "# ", "\t",
    ]

    private let file = FileManager.default.temporaryDirectory.appending(path: "megaraptor-fuzz-\(getpid()).yaml")

    func run(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: file)
        do throws(MegaraptorError) {
            _ = try OperatorConfiguration(file: file.path)
        } catch {
            guard !error.message.isEmpty else { throw BrokenPromise("an error without words") }
        }
    }
}
