// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// What can be made for an agent.
enum InstallerKind: String, Codable, Sendable, CaseIterable {
    /// The vendor's MSI with the configuration in it.
    case msi
    case deb
    case rpm
    /// A folder with the vendor's file as it is, the configuration and scripts.
    case bundle

    /// - Throws: `invalid_argument` for a kind that the system does not have, `unsupported` for `pkg`.
    static func chosen(_ name: String?, for system: AgentSystem) throws(MegaraptorError) -> InstallerKind {
        guard let name else { return system == .linux ? .deb : .bundle }
        if name == "pkg" {
            throw MegaraptorError(
                .unsupported,
                "There is no pkg of Velociraptor: repacking breaks the signature that macOS demands.",
                hint: "Leave installer_type out: the bundle for macOS keeps the signed program as it is."
            )
        }
        let fitting: [InstallerKind] =
            system == .linux ? [.deb, .rpm] : system == .windows ? [.msi, .bundle] : [.bundle]
        if let kind = InstallerKind(rawValue: name), fitting.contains(kind) { return kind }
        throw MegaraptorError(
            .invalidArgument,
            "\(system.rawValue) has no installer_type \"\(name)\".",
            hint: "There are: \(fitting.map(\.rawValue).joined(separator: ", "))."
        )
    }
}
