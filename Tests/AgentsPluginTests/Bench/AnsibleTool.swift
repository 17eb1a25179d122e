// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation

/// A program of the Python environment with Ansible and its linter.
enum AnsibleTool {
    /// - Parameters:
    ///   - folder: where it runs, and keeps what it wants to keep.
    ///   - first: a folder with programs that stand for the system's.
    static func run(
        _ name: String,
        _ arguments: [String],
        in folder: String,
        first: String? = nil
    ) throws -> Command.Outcome {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let fallback = here.appending(path: "../../../.build/python/ansible").standardizedFileURL.path
        let programs = (ProcessInfo.processInfo.environment["MEGARAPTOR_ANSIBLE_TOOLS"] ?? fallback) + "/bin"
        return try Command.run(
            ["\(programs)/\(name)"] + arguments,
            in: folder,
            // Nothing of the user's own settings. Ansible insists on a locale with UTF-8.
            environment: [
                "PATH": "\(first.map { $0 + ":" } ?? "")\(programs):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
                "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                "HOME": "\(folder).home", "ANSIBLE_HOME": "\(folder).home/ansible",
            ]
        )
    }
}
