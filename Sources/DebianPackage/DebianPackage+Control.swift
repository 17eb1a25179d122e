// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

extension DebianPackage {
    /// What `dpkg` reads before it unpacks.
    var controlFiles: [PackagedFile] {
        [PackagedFile("/control", mode: 0o644, .bytes(Array(control.utf8)))]
            + scripts.sorted { $0.key < $1.key }.map {
                PackagedFile("/\($0.key)", mode: 0o755, .bytes(Array($0.value.utf8)))
            }
    }

    private var control: String {
        var lines = [
            "Package: \(name)", "Version: \(version)", "Architecture: \(architecture)", "Maintainer: \(maintainer)",
            "Section: admin", "Priority: optional",
        ]
        if let homepage { lines.append("Homepage: \(homepage)") }
        lines.append("Description: \(summary)")
        lines += description.map { " \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
