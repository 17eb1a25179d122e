// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import VQL
import VQLEvaluator

extension LabSymbols {
    var userPlugins: [PluginDefinition] {
        [
            PluginDefinition("gui_users") { call, emit in
                let organization = server(call).organization
                // Elsewhere those are listed who have rights there.
                for account in accounts.all
                where organization.isRoot || account.rolesElsewhere[organization.id] != nil {
                    try emit(account.row(in: organization))
                }
            }
        ]
    }

    var userFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("user") { call in
                let name = call.arguments.text("user") ?? ""
                guard let account = accounts[name] else { throw VQLFailure("User not found: \(name)") }
                var row = account.row(in: server(call).organization)
                for hidden in ["email", "stats", "_policy"] { row[hidden] = nil }
                return .dict(row)
            },
            FunctionDefinition("user_create", body: createUser),
            FunctionDefinition("user_grant", body: grant),
            FunctionDefinition("user_delete", body: deleteUser),
            FunctionDefinition("passwd", body: changePassword),
            FunctionDefinition("whoami") { call in .text(call.context.session.principal) },
        ]
    }

    /// Makes a user, or gives an existing one these roles and, where one is told, another password.
    @Sendable private func createUser(_ call: Invocation) throws -> VQLValue {
        try call.require(.serverAdmin)
        try requireRootAlone(call)
        let name = call.arguments.text("user") ?? ""
        try requireUserName(name)
        var account = accounts[name] ?? Account(name: name, roles: [])
        account.roles = try Self.roles(call.arguments.texts("roles"))
        account.grants = []
        if let password = call.arguments.text("password"), !password.isEmpty {
            account.password = try Self.hash(password)
        } else if accounts[name] == nil {
            throw VQLFailure("Authentication requires a password but one was not provided.", namesCaller: false)
        }
        try keep(account)
        return .text(name)
    }

    /// Replaces what a user may do by roles or by single rights.
    @Sendable private func grant(_ call: Invocation) throws -> VQLValue {
        try call.require(.serverAdmin)
        try requireRootAlone(call)
        let name = call.arguments.text("user") ?? ""
        guard var account = accounts[name], !account.isServer else { throw VQLFailure("User not found: \(name)") }
        account.roles = try Self.roles(call.arguments.texts("roles"))
        account.grants = []
        for (key, value) in call.arguments.row("policy") ?? [:] {
            guard Right.all.contains(where: { $0.key == key }) else { throw VQLFailure("Unknown permission \(key)") }
            if case .bool(true) = value { account.grants.insert(key) }
        }
        try keep(account)
        return .text(name)
    }

    @Sendable private func deleteUser(_ call: Invocation) throws -> VQLValue {
        try call.require(.serverAdmin)
        try requireRootAlone(call)
        let name = call.arguments.text("user") ?? ""
        guard let account = accounts[name], !account.isServer else { throw VQLFailure("User not found: \(name)") }
        guard call.arguments.bool("really_do_it") else { return .text(name) }
        do throws(ServerFailure) {
            _ = try accounts.remove(account.name)
        } catch {
            throw VQLFailure(error.message)
        }
        return .text(name)
    }

    /// Changes the caller's own password, which the server's certificate has none of.
    @Sendable private func changePassword(_ call: Invocation) throws -> VQLValue {
        if let other = call.arguments.text("user"), !other.isEmpty {
            throw VQLFailure("The lab changes the caller's own password only")
        }
        guard var account = accounts[call.context.session.principal], !account.isServer else {
            throw VQLFailure("Must set a username")
        }
        account.password = try Self.hash(call.arguments.text("password") ?? "")
        try keep(account)
        return .text(account.name)
    }

    // MARK: - Parts

    private func keep(_ account: Account) throws {
        do throws(ServerFailure) {
            try accounts.set(account)
        } catch {
            throw VQLFailure(error.message)
        }
    }

    private func requireUserName(_ name: String) throws {
        guard !accounts.isReserved(name) else { throw VQLFailure("Username is reserved: \(name)") }
        guard Account.isValidName(name) else { throw VQLFailure("Unacceptable username \(name)") }
    }

    private func requireRootAlone(_ call: Invocation) throws {
        guard call.arguments.texts("orgs").allSatisfy({ $0 == Organization.root.id || $0.isEmpty }) else {
            throw VQLFailure("The lab changes users in the first organisation only")
        }
    }

    private static func roles(_ names: [String]) throws -> [Role] {
        try names.map { name in
            guard let role = Role(rawValue: name) else { throw VQLFailure("Invalid role \(name)") }
            return role
        }
    }

    private static func hash(_ password: String) throws -> PasswordHash {
        do throws(MegaraptorError) {
            return try PasswordHash(password: password)
        } catch {
            throw VQLFailure(error.message)
        }
    }
}

extension Account {
    /// The characters that names are made of where Unicode is not allowed.
    static func isValidName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "@.-_#+".utf8.contains(byte)
            }
    }
}
