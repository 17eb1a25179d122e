// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

/// Whether the server is of a version whose ways are known.
struct VersionHealth {
    private static let recorded = "0.77.2"

    private let text: String?

    init(_ text: String?) {
        self.text = text
    }

    func judge(_ findings: inout HealthFindings) {
        guard let text, let version = Self.parse(text) else {
            return findings.add(.version, .unknown, "The server does not tell a version that can be read.")
        }
        let server = "The server is Velociraptor \(VisibleText.escape(text))"
        switch version {
        case (0, 77): findings.add(.version, .ok, "\(server).")
        case (0, ..<7):
            findings.add(.version, .broken, "\(server), which is too old.", fix: "Update the server to 0.77.")
        default:
            findings.add(
                .version,
                .warning,
                "\(server); what this plugin knows of servers was recorded on \(Self.recorded).",
                fix: "Expect differences, and hold a result that surprises against the server's own interface."
            )
        }
    }

    /// The first two numbers of `0.77.2-rc1`.
    private static func parse(_ text: String) -> (major: Int, minor: Int)? {
        let parts = text.split(separator: ".").map { Int($0.prefix(while: \.isNumber)) }
        guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { return nil }
        return (major, minor)
    }
}
