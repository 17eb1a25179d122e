// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Creates a hunt and tells what the server made of it.
///
/// Whatever can be refused is refused before anything is sent. Sent once, never again.
struct CreateHunt: Sendable {
    static let name = "create_hunt"

    struct Request: Sendable {
        var artifacts: [String]
        var description: String
        /// `{artifact: {parameter: value}}`.
        var parameters: JSONObject = [:]
        var condition: HuntCondition
        var expiresHours = 24
        var isPaused = true
        /// Seconds.
        var timeout = 600
        /// Percent of one core.
        var cpuLimit: Int?
        var maxRows: Int?
        var maxBytes: Int?
        var tags: [String] = []
        var organization: String?
    }

    struct Outcome: Sendable {
        var hunt: HuntRecord
        /// `nil` where the server would not count.
        var estimate: HuntEstimate?
        /// What the reader must know beside the hunt.
        var notes: [String]
    }

    let client: VelociraptorClient
    var timeout: Duration = .seconds(60)
    /// Asked before a hunt that runs at once.
    var consent: Consent = { _ in }

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> Outcome {
        var request = request
        request.artifacts = Self.unique(request.artifacts)
        request.description = request.description.trimmed
        request.tags = try LabelNames.checked(request.tags)
        try Self.check(request)
        let lookup = ArtifactLookup(client: client, organization: request.organization, timeout: timeout)
        let definitions = try await lookup.definitions(request.artifacts)
        try Self.check(definitions)
        let parameters = try ArtifactParameters(request.parameters, definitions)
        let (estimate, notes) = await estimated(request)
        if !request.isPaused {
            let reach = estimate.map { " It matches \($0.words)." } ?? ""
            let names = definitions.map(\.name).joined(separator: ", ")
            try await consent("Start a hunt for \(names) on \(request.condition.words) at once?\(reach)")
        }

        let id = try await send(request, parameters)
        let hunt = try await readBack(id, request)
        let differences = HuntComparison(asked: request, parameters: parameters, definitions: definitions)
            .differences(from: hunt)
        guard differences.isEmpty else { throw Self.differs(hunt, differences) }
        return Outcome(hunt: hunt, estimate: estimate, notes: notes)
    }

    // MARK: - Before

    private static func unique(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.filter { known.insert($0).inserted }
    }

    private static func check(_ request: Request) throws(MegaraptorError) {
        guard !request.artifacts.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "A hunt needs at least one artifact.",
                hint: "find_artifact finds artifacts by what they are for."
            )
        }
        guard !request.description.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "A hunt needs a description.",
                hint: "Say in a few words what is hunted, and why: others see it in the list of hunts."
            )
        }
    }

    private static func check(_ definitions: [ArtifactDefinition]) throws(MegaraptorError) {
        for definition in definitions where definition.type != "client" {
            throw MegaraptorError(
                .invalidArgument,
                "\(definition.name) is a \(definition.type) artifact; hunts run client artifacts.",
                hint: "find_artifact with type client finds those."
            )
        }
    }

    /// That nobody counted is said, and no reason not to create the hunt.
    private func estimated(_ request: Request) async -> (HuntEstimate?, notes: [String]) {
        do throws(MegaraptorError) {
            let estimate = EstimateHunt(client: client, organization: request.organization, timeout: timeout)
            return (try await estimate(request.condition), [])
        } catch {
            return (nil, ["How many clients match could not be counted: \(error.message)"])
        }
    }

    // MARK: - Sending

    private func send(_ request: Request, _ parameters: ArtifactParameters) async throws(MegaraptorError) -> String {
        let result = try await client.run(
            Self.query(request, parameters, timeout)
        )
        let row = try result.firstRows().values.first
        guard let id = row?["hunt"]?["HuntId"]?.stringValue, !id.isEmpty else {
            if let failure = result.failure { throw failure }
            throw MegaraptorError(
                .internal,
                "The server created no hunt and gave no reason.",
                hint: "list_hunts shows whether there is one all the same."
            )
        }
        if var failure = result.failure {
            failure.message = "The hunt \(id) was created, but the server complained: \(failure.message)"
            failure.hint = Self.wayOut(id) + " " + failure.hint
            failure.details["hunt_id"] = .string(id)
            throw failure
        }
        return id
    }

    private static func query(_ request: Request, _ parameters: ArtifactParameters, _ timeout: Duration) -> VQLQuery {
        var arguments = HuntArguments()
        arguments.add("description", "Description", request.description)
        arguments.add("artifacts", "Artifacts", list: request.artifacts)
        arguments.add("spec", "Spec", object: parameters.specification)
        arguments.add("timeout", "Timeout", number: request.timeout)
        arguments.add("expires", "Seconds", secondsFromNow: request.expiresHours * 3600)
        if !request.condition.includedLabels.isEmpty {
            arguments.add("include_labels", "IncludeLabels", list: request.condition.includedLabels)
        }
        if !request.condition.excludedLabels.isEmpty {
            arguments.add("exclude_labels", "ExcludeLabels", list: request.condition.excludedLabels)
        }
        if let system = request.condition.system { arguments.add("os", "System", system) }
        if let limit = request.cpuLimit { arguments.add("cpu_limit", "CpuLimit", number: limit) }
        if let limit = request.maxRows { arguments.add("max_rows", "MaxRows", number: limit) }
        if let limit = request.maxBytes { arguments.add("max_bytes", "MaxBytes", number: limit) }
        if !request.tags.isEmpty { arguments.add("tags", "Tags", list: request.tags) }
        arguments.add("pause", flag: request.isPaused)
        return VQLQuery(
            "SELECT hunt(\(arguments.text)) AS hunt FROM scope()",
            arguments.variables,
            effect: .mayChange,
            organization: request.organization,
            timeout: timeout
        )
    }

    // MARK: - After

    private func readBack(_ id: String, _ request: Request) async throws(MegaraptorError) -> HuntRecord {
        do throws(MegaraptorError) {
            return try await HuntLookup(client: client, organization: request.organization, timeout: timeout)(id)
        } catch {
            throw MegaraptorError(
                error.code,
                "The hunt \(id) was created, but could not be read back: \(error.message)",
                hint: Self.wayOut(id),
                details: ["hunt_id": .string(id)]
            )
        }
    }

    private static func differs(_ hunt: HuntRecord, _ differences: [String]) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            """
            The hunt \(hunt.id) was created and is \(hunt.state), but it is not what was asked for: \
            \(differences.joined(separator: "; ")).
            """,
            hint: wayOut(hunt.id),
            details: ["hunt_id": .string(hunt.id), "state": .string(hunt.state)]
        )
    }

    private static func wayOut(_ id: String) -> String {
        "The hunt exists: do not create it again. Look at \(id) with list_hunts; modify_hunt with action stop ends it."
    }
}
