// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
internal import MegaraptorErrors

/// Binds a plan to what it was made for, so that what is done is what somebody has seen.
enum PlanDigest {
    /// SHA-256 over the plan and all that led to it, in lower-case hexadecimal digits.
    ///
    /// The deployer's state is left out, because each step makes another.
    static func of(
        _ plan: some Encodable,
        _ request: DeploymentRequest,
        deployer: String,
        purpose: String
    ) throws -> String {
        let encoder = JSONValueEncoder()
        var content = try encoder.encode(plan).objectValue ?? [:]
        content["digest"] = nil
        let whole: JSONValue = [
            "interface": .string(deployInterface), "deployer": .string(deployer), "purpose": .string(purpose),
            "deployment": try encoder.encode(request.deployment), "options": request.options,
            "plan": .object(content),
        ]
        return Hexadecimal.encode(try SHA256.digest(whole.sorted.jsonBytes()))
    }

    /// - Throws: `conflict` where the digest is another plan's.
    static func check(_ given: String?, _ right: String) throws(MegaraptorError) {
        guard given == right else {
            throw MegaraptorError(
                .conflict,
                "The digest does not belong to this plan and these inputs, so nothing was done.",
                hint: "Plan again, look at what has changed, and apply with the new digest."
            )
        }
    }
}
