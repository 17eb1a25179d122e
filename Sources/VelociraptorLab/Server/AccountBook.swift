// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The users of a running server. Changes hold at once, and are kept where there is a place for them.
final class AccountBook: Sendable {
    /// Keeps a user's record; `nil` for one that is gone. Throws a ``ServerFailure`` where it cannot.
    typealias Keeper = @Sendable (_ name: String, _ account: Account?) throws(ServerFailure) -> Void

    private let accounts: Mutex<[String: Account]>
    /// The names that no user can have: the server's own and that of the gateway.
    private let serverName: String?
    private let gatewayName: String?
    private let keep: Keeper

    /// - Parameters:
    ///   - serverName: the common name of the all-powerful certificate; `nil` where there is none.
    init(
        _ accounts: [Account],
        serverName: String? = nil,
        gatewayName: String? = nil,
        keep: @escaping Keeper = { _, _ in }
    ) {
        self.accounts = Mutex(Dictionary(accounts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }))
        self.serverName = serverName
        self.gatewayName = gatewayName
        self.keep = keep
    }

    /// The users by name.
    var all: [Account] {
        accounts.withLock { $0.values.sorted { $0.name < $1.name } }
    }

    /// Whom a certificate or a login names.
    subscript(name: String) -> Account? {
        if name == serverName { return Account(name: name, roles: [], isServer: true) }
        return accounts.withLock { $0[name] }
    }

    func isReserved(_ name: String) -> Bool { name == serverName || name == gatewayName }

    /// Puts a user in the place of the one with that name.
    func set(_ account: Account) throws(ServerFailure) {
        try accounts.withLock { accounts throws(ServerFailure) in
            try keep(account.name, account)
            accounts[account.name] = account
        }
    }

    /// False where there is no such user.
    func remove(_ name: String) throws(ServerFailure) -> Bool {
        try accounts.withLock { accounts throws(ServerFailure) in
            guard accounts[name] != nil else { return false }
            try keep(name, nil)
            accounts[name] = nil
            return true
        }
    }
}
