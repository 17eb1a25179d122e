// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// What the deployer remembers of a deployment. Nothing in it is secret, and all but the former program can be found again.
struct DeployerState: Codable, Sendable, Hashable {
    /// What the machine fetches, as the template's parameters.
    struct Program: Codable, Sendable, Hashable {
        var url: String
        var sha256: String
        var version: String

        /// - Returns: `nil` where the parameters name none.
        init?(_ parameters: [String: String]) {
            guard let url = parameters["ProgramURL"], let sha256 = parameters["ProgramSHA256"],
                let version = parameters["ProgramVersion"]
            else { return nil }
            (self.url, self.sha256, self.version) = (url, sha256, version)
        }

        var parameters: [String: String] {
            ["ProgramURL": url, "ProgramSHA256": sha256, "ProgramVersion": version]
        }
    }

    var region: String?
    /// Where machine and evidence lie.
    var zone: String?
    var stackID: String?
    var secretARN: String?
    var secretVersion: String?
    /// The program before the latest upgrade.
    var formerProgram: Program?
    var outputs: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case region, zone, outputs
        case stackID = "stack_id"
        case secretARN = "secret_arn"
        case secretVersion = "secret_version"
        case formerProgram = "former_program"
    }

    /// - Parameter json: `nil` and `null` where there is none yet, or none any more.
    /// - Throws: `failed_precondition` for what cannot be read. ``Recovery`` finds all but the former program again.
    init(_ json: JSONValue?) throws(MegaraptorError) {
        guard let json, !json.isNull else {
            self.init()
            return
        }
        do {
            self = try JSONValueDecoder().decode(from: json)
        } catch {
            throw MegaraptorError(
                .failedPrecondition,
                "What the deployer kept of this deployment cannot be read.",
                hint: "Recover the deployment: what it has is found by its tag.",
                cause: "\(error)"
            )
        }
    }

    init() {}

    func json() throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValueEncoder().encode(self)
        } catch {
            throw MegaraptorError(.internal, "The deployer's state cannot be written: \(error).")
        }
    }
}
