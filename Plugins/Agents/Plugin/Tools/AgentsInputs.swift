// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

/// What several tools take.
extension Schema {
    /// - Parameter usual: what agents are labelled with where nothing is said; `nil` for nothing.
    static func labels(_ usual: String? = nil) -> Schema {
        let schema = Schema.array(of: .string(pattern: "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")).described(
            "What agents are labelled with when they enrol, beside the deployment's own tags."
        )
        return usual.map { schema.defaulting(to: [.string($0)]) } ?? schema
    }

    /// - Parameter what: which file.
    static func file(_ what: String) -> Schema {
        .string(pattern: "^/").with("maxLength", 4096).described("An absolute path: \(what)")
    }

    static var outputPath: Schema {
        .string(pattern: "^/").with("maxLength", 4096).described(
            "An absolute path of a folder that does not exist yet. Default: a folder of the deployment's own, made anew."
        )
    }
}
