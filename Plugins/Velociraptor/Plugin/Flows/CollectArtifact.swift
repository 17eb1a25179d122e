// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Starts a collection on a client or on the server.
struct CollectArtifact: Sendable {
    let client: VelociraptorClient
    /// For each question to the server.
    var timeout: Duration = .seconds(30)
    var sleep: RetryPolicy.Sleep = { try await Task.sleep(for: $0) }
    /// Asked before a collection that may do more than look.
    var consent: Consent = { _ in }

    /// Checks, starts, and tells the state, after a wait where one is wanted.
    func callAsFunction(
        _ request: CollectionRequest,
        wait: Duration? = nil,
        report: (FlowState, Duration) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> FlowReport {
        let plan = try await CollectionPlan(request, client: client, timeout: timeout)
        let reasons = plan.definitions.compactMap(\.reasonToAsk)
        if !reasons.isEmpty {
            let names = plan.definitions.map(\.name).joined(separator: ", ")
            try await consent("Collect \(names) on \(request.clientID)? \(reasons.joined(separator: "; ")).")
        }
        return try await start(plan, wait: wait, report: report)
    }

    /// Sends a plan, once.
    func start(
        _ plan: CollectionPlan,
        wait: Duration? = nil,
        report: (FlowState, Duration) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> FlowReport {
        let rows = try await client.rows(Self.query(plan, timeout))
        let receipt = try CollectionReceipt(rows.values.first?["collection"])
        let changed = try receipt.compare(with: plan)
        var told = try await state(of: receipt, plan, wait, report)
        told.addReceipt(receipt, plan, notes: plan.notes + changed)
        return told
    }

    /// From here on the flow exists: that its state cannot be read is no reason to keep its id back.
    private func state(
        of receipt: CollectionReceipt,
        _ plan: CollectionPlan,
        _ wait: Duration?,
        _ report: (FlowState, Duration) -> Void
    ) async throws(MegaraptorError) -> FlowReport {
        let organization = plan.request.organization
        let watch = FlowWatch(
            client: client,
            clientID: plan.request.clientID,
            flowID: receipt.flowID,
            organization: organization,
            timeout: timeout,
            sleep: sleep
        )
        do throws(MegaraptorError) {
            let outcome = try await watch.wait(for: wait ?? .zero, report: report)
            let presence = outcome.state.isPending ? plan.presence : nil
            var told = FlowReport(outcome.state, organization: organization, presence: presence)
            if wait != nil { told.addWait(outcome) }
            return told
        } catch {
            guard error.code != .cancelled else { throw error }
            return FlowReport(startedOn: plan.request.clientID, receipt.flowID, unread: error)
        }
    }

    private static func query(_ plan: CollectionPlan, _ timeout: Duration) -> VQLQuery {
        let request = plan.request
        let names = JSONValue.array(plan.definitions.map { .string($0.name) })
        var variables = [
            VQLQuery.Variable("ClientId", request.clientID),
            VQLQuery.Variable("ArtifactNames", names.json()),
            VQLQuery.Variable("Spec", plan.parameters.specification.jsonText),
            VQLQuery.Variable("Timeout", String(request.seconds)),
        ]
        var arguments = """
            client_id=ClientId, artifacts=parse_json_array(data=ArtifactNames), spec=parse_json(data=Spec), \
            timeout=int(int=Timeout)
            """
        let limits = [
            ("cpu_limit", "CpuLimit", request.cpuLimit), ("max_rows", "MaxRows", request.maxRows),
            ("max_bytes", "MaxBytes", request.maxBytes),
        ]
        for case (let argument, let name, let value?) in limits {
            variables.append(VQLQuery.Variable(name, String(value)))
            arguments += ", \(argument)=int(int=\(name))"
        }
        if request.isUrgent { arguments += ", urgent=TRUE" }
        return VQLQuery(
            "SELECT collect_client(\(arguments)) AS collection FROM scope()",
            variables,
            effect: .mayChange,
            organization: request.organization,
            timeout: timeout
        )
    }
}
