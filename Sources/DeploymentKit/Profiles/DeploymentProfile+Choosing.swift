// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

extension DeploymentProfile {
    /// The profile of this name.
    ///
    /// - Throws: `invalidArgument` that names all there are, and the one that was probably meant.
    public static func named(_ name: String) throws(MegaraptorError) -> DeploymentProfile {
        if let profile = all.first(where: { $0.name == name }) { return profile }
        let known = all.map(\.name)
        throw MegaraptorError(
            .invalidArgument,
            "Unknown profile '\(name)'. Available: \(known.joined(separator: ", ")).",
            hint: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" } ?? ""
        )
    }

    /// The deployers that this product brings, and for which a profile decides by name.
    public static let ownTargets = ["docker", "binary", "aws", "azure"]

    /// Whether a deployer may be used with this profile.
    ///
    /// The rule: a deployer of ``ownTargets`` must be in ``allowedTargets``. A third party's deployer may be used with
    /// `minimal` and `standard`. It may not be used with `rapid` and `enterprise`: they promise that the server is gone after three
    /// days, or that it has a machine of its own, and only this product's deployers are known to keep that.
    public func allows(target: String) -> Bool {
        Self.ownTargets.contains(target) ? allowedTargets.contains(target) : allowsOtherTargets
    }

    /// - Throws: `failedPrecondition` where ``allows(target:)`` says no.
    public func check(target: String) throws(MegaraptorError) {
        guard !allows(target: target) else { return }
        let others = Self.all.filter { $0.allows(target: target) }.map(\.name).joined(separator: ", ")
        throw MegaraptorError(
            .failedPrecondition,
            "The profile \(name) does not allow the deployer '\(target)'. "
                + "It allows: \(allowedTargets.joined(separator: ", ")).",
            hint: "Profiles that allow '\(target)': \(others)."
        )
    }

    /// What to tell somebody who expects more agents than the profile is made for; `nil` where they fit.
    public func warning(forClients count: Int) -> String? {
        guard let maxClients, count > maxClients else { return nil }
        let larger = Self.all.filter { ($0.maxClients ?? .max) >= count }.map(\.name).joined(separator: ", ")
        return "The profile \(name) is made for up to \(maxClients) agents, and \(count) are expected. "
            + "For that many: \(larger)."
    }
}
