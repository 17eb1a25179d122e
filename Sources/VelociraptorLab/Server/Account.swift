// SPDX-License-Identifier: Apache-2.0

import VQL
import VQLEvaluator

/// One user of the server.
struct Account: Sendable {
    var name: String
    /// The roles in the first organisation.
    var roles: [Role]
    /// The roles elsewhere, by the organisation's id: rights in one organisation are none in another.
    var rolesElsewhere: [String: [Role]] = [:]
    /// Rights in the first organisation that were granted one by one, by their names in policies.
    var grants: Set<String> = []
    /// `nil` for a user who cannot log in with a password.
    var password: PasswordHash?
    /// The server's own certificate: it may do everything everywhere, and no record tells of it.
    var isServer = false

    func roles(in organization: Organization) -> [Role] {
        organization.isRoot ? roles : rolesElsewhere[organization.id] ?? []
    }

    /// What the user may do there: the rights of all roles together, in the server's order.
    func rights(in organization: Organization) -> [Right] {
        if isServer { return Right.all }
        var granted = Set(roles(in: organization).flatMap(\.rights).map(\.key))
        if organization.isRoot { granted.formUnion(grants) }
        return Right.all.filter { granted.contains($0.key) }
    }

    func permissions(in organization: Organization) -> Set<Permission> {
        Set(rights(in: organization).map { Permission(rawValue: $0.permission) })
    }

    func session(in organization: Organization) -> Session {
        Session(principal: name, organization: organization.id, permissions: permissions(in: organization))
    }
}

/// A right by its two names: that of user policies and that of error messages.
struct Right: Sendable, Hashable {
    /// The name in policies, `any_query`.
    var key: String
    /// The name in messages, `ANY_QUERY`.
    var permission: String

    static let all: [Right] = [
        "any_query", "read_results", "label_clients", "collect_client", "collect_basic", "start_hunt", "collect_server",
        "artifact_writer", "server_artifact_writer", "execve", "notebook_editor", "org_admin", "impersonation",
        "server_admin", "filesystem_read", "filesystem_write", "network", "machine_state", "prepare_results",
        "delete_results",
    ].map { Right(key: $0, permission: $0 == "label_clients" ? "LABEL_CLIENT" : $0.uppercased()) }
}

/// A named set of rights.
enum Role: String, Sendable, Hashable {
    case administrator
    case investigator
    case reader
    case analyst
    case artifactWriter = "artifact_writer"
    case organizationAdministrator = "org_admin"
    /// The right to use the API, which is also the right to run queries.
    case api

    var rights: [Right] {
        let keys: Set<String> =
            switch self {
            case .administrator: Set(Right.all.map(\.key))
            case .investigator:
                ["read_results", "label_clients", "collect_client", "start_hunt", "notebook_editor", "prepare_results"]
            case .reader: ["read_results"]
            case .analyst: ["read_results", "label_clients", "notebook_editor", "prepare_results"]
            case .artifactWriter: ["artifact_writer"]
            case .organizationAdministrator: ["org_admin"]
            case .api: ["any_query", "read_results"]
            }
        return Right.all.filter { keys.contains($0.key) }
    }
}

extension Account {
    /// The users of a lab. `admin` has no key; the others each have an API client file.
    static let all: [Account] = [
        Account(
            name: "admin",
            roles: [.administrator],
            rolesElsewhere: [
                Organization.branch.id: [.administrator], Organization.subsidiary.id: [.administrator],
            ]
        ),
        Account(
            name: "investig",
            roles: [.investigator, .api],
            rolesElsewhere: [Organization.branch.id: [.investigator, .api]]
        ),
        Account(
            name: "mcp",
            roles: [.administrator, .api],
            rolesElsewhere: [Organization.branch.id: [.administrator, .api]]
        ),
        Account(name: "norights", roles: []),
        Account(name: "onlyapi", roles: [.api]),
        Account(name: "readapi", roles: [.reader, .api]),
        Account(name: "readonly", roles: [.reader]),
    ]

    /// The row of `gui_users()`.
    func row(in organization: Organization) -> VQLRow {
        let roleNames = VQLValue.texts(roles(in: organization).map(\.rawValue))
        return [
            "name": .text(name), "org_id": .text(organization.id), "org_name": .text(organization.name), "picture": "",
            "email": false, "stats": .null, "roles": roleNames, "_policy": .dict(ownPolicy(roleNames)),
            "effective_policy": .dict(policy(in: organization)),
        ]
    }

    private func ownPolicy(_ roleNames: VQLValue) -> VQLRow {
        var row: VQLRow = ["roles": roleNames]
        for right in Right.all where grants.contains(right.key) { row[right.key] = true }
        return row
    }

    /// The rights as members that are true.
    func policy(in organization: Organization) -> VQLRow { VQLRow(rights(in: organization).map { ($0.key, true) }) }
}
