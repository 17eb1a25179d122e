// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import SecretStore

/// A store in a folder of its own for one test, removed with its value.
final class ScratchStore: Sendable {
    let home: String
    var keyPath: String { "\(home)/config/secrets.key" }
    var folder: String { "\(home)/data/secrets" }
    var file: String { "\(folder)/store" }
    var backup: String { "\(folder)/store.backup" }

    init() {
        home = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)").path
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: home) } catch { print("left behind: \(home)") }
    }

    func store(_ key: SecretKey? = nil) -> SecretStore {
        SecretStore(folder: folder, key: key ?? .file(keyPath))
    }

    /// Two secrets, written one after the other.
    static func filled(_ key: SecretKey? = nil) throws -> ScratchStore {
        let scratch = ScratchStore()
        try scratch.store(key).put(Array("hunter2!".utf8), as: "lab.password", type: .password)
        try scratch.store(key).put(Array("ghp_0123456789".utf8), as: "token", type: .token)
        return scratch
    }

    func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    /// Leaves the mode of a file that is there as it is.
    func write(_ bytes: [UInt8], to path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            close(open(path, O_WRONLY | O_CREAT, 0o600))
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}

extension MegaraptorError {
    var fault: StoreFault? { details["fault"]?.stringValue.flatMap(StoreFault.init) }
}

/// What `body` throws; an error in the test where it does not.
func failure(_ body: () throws(MegaraptorError) -> Void) throws -> MegaraptorError {
    do throws(MegaraptorError) { try body() } catch { return error }
    throw MegaraptorError(.internal, "nothing was thrown")
}

/// Makes the sums fit that need no key, as somebody would who wants to be believed.
func forged(_ bytes: [UInt8]) throws -> [UInt8] {
    var bytes = bytes
    bytes.replaceSubrange(20..<28, with: try SHA256.digest(Array(bytes.prefix(20))).prefix(8))
    let covered = Array(bytes.dropLast(32))
    return covered + (try SHA256.digest(covered))
}
