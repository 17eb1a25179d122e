// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue

extension Bench: AsksDeployer {
    static let deployer = "binary"

    func problems(_ request: DeploymentRequest) async throws -> [DeploymentProblem] {
        let answer = try await ask("validate", request)
        return try JSONValueDecoder().decode(from: answer["problems"] ?? [])
    }

    /// Everything on the machine below the test's place, and its unit, but not the files of this side.
    func left() throws -> [String] {
        let all = FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []
        let mine = ["mine.yaml", "ca.pem"]
        var left = all.filter { !mine.contains($0) && !$0.hasPrefix("velociraptor-") && $0 != "bin" }
        if FileManager.default.fileExists(atPath: unit.path) { left.append("unit") }
        return left.sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: place.appending(path: path), encoding: .utf8)
    }

    func mode(_ path: String) throws -> Int? {
        let facts = try FileManager.default.attributesOfItem(atPath: place.appending(path: path).path)
        return facts[.posixPermissions] as? Int
    }

    /// How often the service was launched.
    var launches: Int {
        let journal = (try? String(contentsOf: unit.appendingPathExtension("journal"), encoding: .utf8)) ?? ""
        return journal.split(separator: "\n").count { $0.contains("Starting Frontend") }
    }
}
