// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
public import MegaraptorPluginKit

extension Deployer {
    /// The deployer as a plugin contributes it.
    public var provider: Provider {
        Provider(
            name,
            interface: deployInterface,
            title: title,
            description: description,
            inputSchema: options,
            reading: [
                "usable": { arguments, context in
                    try encoded(try await usable(options: arguments["options"] ?? [:], context: context))
                },
                "validate": { arguments, context in
                    let problems = try await validate(try request(arguments), context: context)
                    return ["problems": try encoded(problems)]
                },
                "plan": { try encoded(try await digestedPlan($0, $1)) },
                "removal": { try encoded(try await digestedRemoval($0, $1)) },
                "status": { arguments, context in
                    try encoded(try await status(try request(arguments), context: context))
                },
                "logs": { arguments, context in
                    let lines = arguments["lines"]?.integerValue.map(Int.init) ?? 100
                    return try encoded(try await logs(try request(arguments), lines: lines, context: context))
                },
                "recover": { arguments, context in
                    try encoded(try await recover(try request(arguments), context: context))
                },
                "export": { arguments, context in
                    var files: [ExportedFile] = []
                    for format in try formats(arguments) {
                        files += try await export(try request(arguments), format: format, context: context)
                    }
                    return ["files": try encoded(files)]
                },
            ],
            changing: [
                "apply": { try encoded(try await applyStep($0, $1)) },
                "destroy": { try encoded(try await removeStep($0, $1)) },
            ]
        )
    }

    /// What is to be exported: the one that is named, or all that it knows.
    private func formats(_ arguments: JSONValue) throws(MegaraptorError) -> [String] {
        let wanted = arguments["format"]?.stringValue ?? ""
        guard wanted.isEmpty || exports.contains(wanted), !exports.isEmpty else {
            throw MegaraptorError(
                .unsupported,
                "The deployer \(name) writes no \(wanted.isEmpty ? "files" : wanted).",
                hint: exports.isEmpty ? "" : "It writes: \(exports.joined(separator: ", "))."
            )
        }
        return wanted.isEmpty ? exports : [wanted]
    }

    private func digestedPlan(_ arguments: JSONValue, _ context: CallContext) async throws -> DeploymentPlan {
        let (request, operation) = (try request(arguments), try operation(arguments))
        var plan = try await plan(operation, request, context: context)
        plan.digest = try PlanDigest.of(plan, request, deployer: name, purpose: operation.rawValue)
        return plan
    }

    private func digestedRemoval(_ arguments: JSONValue, _ context: CallContext) async throws -> RemovalPlan {
        let (request, data) = (try request(arguments), arguments["delete_data"] == true)
        var plan = try await removal(request, data: data, context: context)
        plan.digest = try PlanDigest.of(plan, request, deployer: name, purpose: Self.removalPurpose)
        return plan
    }

    private func applyStep(_ arguments: JSONValue, _ context: CallContext) async throws -> StepOutcome {
        let (request, operation) = (try request(arguments), try operation(arguments))
        let plan = try decoded(DeploymentPlan.self, arguments["plan"])
        let right = try PlanDigest.of(plan, request, deployer: name, purpose: operation.rawValue)
        try PlanDigest.check(arguments["digest"]?.stringValue, right)
        let step = try step(arguments, among: plan.steps)
        return try await apply(step, of: plan, operation, request, context: context)
    }

    private func removeStep(_ arguments: JSONValue, _ context: CallContext) async throws -> StepOutcome {
        let request = try request(arguments)
        let plan = try decoded(RemovalPlan.self, arguments["plan"])
        let right = try PlanDigest.of(plan, request, deployer: name, purpose: Self.removalPurpose)
        try PlanDigest.check(arguments["digest"]?.stringValue, right)
        let step = try step(arguments, among: plan.steps)
        return try await remove(step, of: plan, request, context: context)
    }

    // MARK: - Messages

    private static var removalPurpose: String { "destroy" }

    private func request(_ arguments: JSONValue) throws -> DeploymentRequest {
        var request = try decoded(DeploymentRequest.self, arguments)
        if request.state == .null { request.state = nil }
        return request
    }

    private func operation(_ arguments: JSONValue) throws(MegaraptorError) -> DeploymentOperation {
        let name = arguments["operation"]?.stringValue ?? ""
        if let operation = DeploymentOperation(rawValue: name) { return operation }
        let known = DeploymentOperation.allCases.map(\.rawValue).joined(separator: ", ")
        throw MegaraptorError(.invalidArgument, "There is no operation \"\(name)\". There are: \(known).")
    }

    private func step(
        _ arguments: JSONValue,
        among steps: [DeploymentPlan.Step]
    ) throws(MegaraptorError) -> DeploymentPlan.Step {
        let id = arguments["step"]?.stringValue ?? ""
        if let step = steps.first(where: { $0.id == id }) { return step }
        throw MegaraptorError(.invalidArgument, "The plan has no step \"\(id)\".")
    }

    private func encoded(_ value: some Encodable) throws -> JSONValue {
        try JSONValueEncoder().encode(value)
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ json: JSONValue?) throws -> Value {
        do {
            return try JSONValueDecoder().decode(type, from: json ?? [:])
        } catch {
            throw MegaraptorError(.invalidArgument, "The message does not fit \(deployInterface): \(error).")
        }
    }
}
