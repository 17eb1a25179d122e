// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The users in a datastore: `users/NAME.db` and `acl/NAME.json.db`, as the server names them. What is in them is the
/// lab's own.
struct UserStore: Sendable {
    private let location: String

    /// Makes the folders. Throws in the words of the server where it cannot.
    init(location: String, _ failure: (String) -> ServerFailure) throws(ServerFailure) {
        self.location = location == "/" ? "" : location
        for name in ["users", "acl", "config"] { try SystemFile.makeDirectory("\(self.location)/\(name)", failure) }
    }

    // MARK: - The first start

    private var installFile: String { "\(location)/config/install_time.json.db" }

    /// Whether a server has run here: only before that are the configuration's first users made.
    var isInstalled: Bool { SystemFile.exists(installFile) }

    func markInstalled(at now: Int64) throws(ServerFailure) {
        let record: JSONValue = ["install_time": .integer(now)]
        try SystemFile.write(record.json() + "\n", to: installFile, ServerFailure.starting)
    }

    // MARK: - Records

    func users() throws(ServerFailure) -> [Account] {
        var accounts: [Account] = []
        for file in SystemFile.names(in: location + "/users").sorted() where file.hasSuffix(".db") {
            let name = Self.name(ofFile: String(file.dropLast(3)))
            accounts.append(try user(name))
        }
        return accounts
    }

    func keep(_ name: String, _ account: Account?) throws(ServerFailure) {
        guard let account else {
            SystemFile.remove(userFile(name))
            SystemFile.remove(policyFile(name))
            return
        }
        var record: JSONObject = ["name": .string(name)]
        if let password = account.password {
            record["password_hash"] = .string(Hexadecimal.encode(password.hash))
            record["password_salt"] = .string(Hexadecimal.encode(password.salt))
        }
        let policy: JSONValue = [
            "roles": .array(account.roles.map { .string($0.rawValue) }),
            "grants": .array(account.grants.sorted().map(JSONValue.string)),
        ]
        try SystemFile.write(policy.json() + "\n", to: policyFile(name)) { ServerFailure($0) }
        try SystemFile.write(JSONValue.object(record).json() + "\n", to: userFile(name)) { ServerFailure($0) }
    }

    private func user(_ name: String) throws(ServerFailure) -> Account {
        let record = try object(in: userFile(name))
        let policy = try object(in: policyFile(name))
        var account = Account(name: name, roles: [])
        account.roles = policy["roles"]?.arrayValue?.compactMap { $0.stringValue.flatMap(Role.init) } ?? []
        account.grants = Set(policy["grants"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        account.password = PasswordHash(
            hash: record["password_hash"]?.stringValue ?? "",
            salt: record["password_salt"]?.stringValue ?? ""
        )
        return account
    }

    private func object(in path: String) throws(ServerFailure) -> JSONObject {
        guard SystemFile.exists(path) else { return [:] }
        let text = try SystemFile.contents(of: path) { ServerFailure.starting($0) }
        do throws(JSONError) {
            return try JSONValue(json: text).objectValue ?? [:]
        } catch {
            throw .starting("\(path): the record is damaged")
        }
    }

    // MARK: - Files

    private func userFile(_ name: String) -> String { "\(location)/users/\(Self.file(of: name)).db" }
    private func policyFile(_ name: String) -> String { "\(location)/acl/\(Self.file(of: name)).json.db" }

    /// A name as part of a path: whatever could lead elsewhere is written as `%` and two digits.
    private static func file(of name: String) -> String {
        name.utf8.reduce(into: "") { text, byte in
            let isLetter = (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
            if isLetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + Hexadecimal.encode([byte])
            }
        }
    }

    private static func name(ofFile file: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(file.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Hexadecimal.decode(rest.prefix(2))?.first {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
