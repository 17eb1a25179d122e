// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The variables that every query sees.
enum ServerVariables {
    static func row(for context: QueryContext) -> VQLRow {
        var row: VQLRow = [
            "_SessionId": .text("F." + UUID().uuidString.prefix(13).replacing("-", with: "")),
            "$device_manager": [:],
            "config": [:],
            "$acl": .object(AccessControl()),
            "Artifact": .object(ArtifactReference(path: [])),
            "$repository": [:],
            "$root": [:],
        ]
        for (name, value) in context.environment.variables(for: context.session) { row[name] = value }
        return row
    }
}

/// What `$acl` holds: the right to call anything at all hangs on nobody having hidden it.
struct AccessControl: VQLObject {
    var typeName: String { "*acl_managers.ServerACLManager" }
    var plainValue: VQLValue { ["TokenCache": [:]] }
}
