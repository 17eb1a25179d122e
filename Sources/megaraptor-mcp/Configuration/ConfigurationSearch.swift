// SPDX-License-Identifier: Apache-2.0

import Glibc
import PluginHost

/// Where the operator's file is looked for, in order. The first that is named or exists is the only one that counts.
///
/// The working directory is not among the places: assistants choose it, and a case's folder must not switch tools on.
struct ConfigurationSearch {
    struct Place {
        let origin: String
        /// `nil` for a flag or variable that is not given.
        let path: String?
        let exists: Bool
        /// Somebody named it, so that it counts even where it is missing; that is then an error.
        let isNamed: Bool
    }

    let places: [Place]

    init(explicit: String?, environment: [String: String]) {
        let variable = environment["MEGARAPTOR_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let name = "megaraptor.yaml"
        let user = "\(HostFolders(environment: environment).config)/\(name)"
        places = [
            Self.place("--config", explicit, isNamed: explicit != nil),
            Self.place("MEGARAPTOR_CONFIG", variable, isNamed: variable != nil),
            Self.place("user", user, isNamed: false),
            Self.place("machine", "/etc/megaraptor-mcp/\(name)", isNamed: false),
        ]
    }

    private static func place(_ origin: String, _ path: String?, isNamed: Bool) -> Place {
        Place(origin: origin, path: path, exists: path.map { access($0, F_OK) == 0 } ?? false, isNamed: isNamed)
    }

    /// The place that counts.
    var chosen: Int? { places.firstIndex { $0.isNamed || $0.exists } }

    var file: String? { chosen.flatMap { places[$0].path } }

    /// The file that a command changes: the one that counts, else the user's, which is then made.
    var fileToEdit: String { file ?? places[2].path ?? "" }
}
