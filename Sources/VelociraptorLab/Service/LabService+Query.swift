// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import SwiftProtobuf
import VQL
import VQLEvaluator
import VelociraptorAPI

extension LabService {
    /// Runs VQL and streams what it gives.
    func query(_ call: ServerCall, _ account: Account, _ general: FaultPlan) async throws(GRPCStatus) {
        let request = try Self.decode(Proto_VQLCollectorArgs.self, call.request)
        guard let organization = organizations[request.orgID]?.organization else {
            throw GRPCStatus(.unknown, "Org not found")
        }
        let session = account.session(in: organization)
        guard session.permissions.contains(.anyQuery) else {
            throw GRPCStatus(
                .permissionDenied,
                "Permission denied: User \(account.name) requires permission ANY_QUERY to run queries"
            )
        }
        guard !request.query.isEmpty else { throw GRPCStatus(.unknown, "Query should be specified.") }
        let plan = try Self.plan(of: request, general)
        try await wait(plan)
        guard !request.query.contains(where: { Self.cutsCharacter($0.vql) }) else {
            throw GRPCStatus(.internal, "grpc: error while marshaling: string field contains invalid UTF-8")
        }
        try await stream(request, session, plan, to: call)
    }

    /// Whether the excerpt in the message about a syntax error would be no UTF-8, which the server cannot send.
    private static func cutsCharacter(_ vql: String) -> Bool {
        do throws(VQLSyntaxError) {
            _ = try Program(parsing: vql)
            return false
        } catch {
            return error.cutsCharacter
        }
    }

    private static func plan(of request: Proto_VQLCollectorArgs, _ general: FaultPlan) throws(GRPCStatus) -> FaultPlan {
        guard let text = request.env.last(where: { $0.key == FaultPlan.variable })?.value else {
            // A delay for every call has already passed.
            var plan = general
            plan.delay = 0
            return plan
        }
        do throws(FaultPlanError) {
            var plan = general
            plan.delay = 0
            return plan.merged(with: try FaultPlan(text))
        } catch {
            throw GRPCStatus(.invalidArgument, "The lab knows no fault '\(error.entry)'")
        }
    }

    /// How a query's thread came to its end.
    private enum Ending: Sendable {
        case complete
        case interrupted
        case dropped
    }

    private func stream(
        _ request: Proto_VQLCollectorArgs,
        _ session: Session,
        _ plan: FaultPlan,
        to call: ServerCall
    ) async throws(GRPCStatus) {
        let queue = MessageQueue()
        let writer = ResponseWriter(request, faults: plan, queue: queue)
        writer.log("Starting query execution.")
        let cancellation = Cancellation(timeout: request.timeout > 0 ? .seconds(Int64(request.timeout)) : nil)
        let evaluation = request.evaluation(by: session)
        let ending = await withTaskCancellationHandler {
            async let ending = run(evaluation, writer, queue, cancellation)
            await withTaskGroup { group in
                group.addTask { await flush(writer, every: request.maxWait == 0 ? 10 : Int64(request.maxWait)) }
                if await !forward(queue, to: call) {
                    cancellation.cancel()
                    queue.abandon()
                }
                group.cancelAll()
            }
            return await ending
        } onCancel: {
            cancellation.cancel()
            queue.abandon()
        }
        switch ending {
        case .complete: return
        case .interrupted: throw .cancelled
        case .dropped: throw await broken()
        }
    }

    /// Runs the query on a thread of its own.
    private func run(
        _ evaluation: QueryRequest,
        _ writer: ResponseWriter,
        _ queue: MessageQueue,
        _ cancellation: Cancellation
    ) async -> Ending {
        defer { queue.finish() }
        do {
            try await QueryThread.run {
                defer { writer.finish() }
                try engine.run(evaluation, cancellation: cancellation, into: writer)
            }
            return .complete
        } catch is FaultPlan.Drop {
            return .dropped
        } catch {
            return .interrupted
        }
    }

    /// Sends incomplete parts in time, until it is cancelled.
    private func flush(_ writer: ResponseWriter, every seconds: Int64) async {
        do {
            while true {
                try await Task.sleep(for: .seconds(seconds))
                writer.flush()
            }
        } catch {
            // Cancelled: the query has ended and sends the rest itself.
        }
    }

    /// Sends what the query produces. False if the client left before the end.
    private func forward(_ queue: MessageQueue, to call: ServerCall) async -> Bool {
        for await message in queue.messages {
            do throws(GRPCStatus) {
                try await call.send(message)
            } catch {
                return false
            }
            queue.sent()
        }
        return true
    }

    /// Breaks the connections a moment after the last message, so that it still arrives.
    private func broken() async -> GRPCStatus {
        do {
            try await Task.sleep(for: .milliseconds(50))
            dropConnections()
            try await Task.sleep(for: .seconds(10))
        } catch {
            // Cancelled by the end of the connection, as meant.
        }
        return GRPCStatus(.unavailable, "Stream removed (Socket closed)")
    }

    static func decode<Message: SwiftProtobuf.Message>(
        _ type: Message.Type,
        _ bytes: [UInt8]
    ) throws(GRPCStatus) -> Message {
        do {
            return try Message(serializedBytes: bytes)
        } catch {
            throw GRPCStatus(.internal, "grpc: error unmarshalling request: \(error)")
        }
    }
}

extension Proto_VQLCollectorArgs {
    /// The part of the request that a query sees; the others are for the transport or ignored.
    fileprivate func evaluation(by session: Session) -> QueryRequest {
        QueryRequest(
            queries: query.map(\.vql),
            environment: env.filter { $0.key != FaultPlan.variable }.map { ($0.key, $0.value) },
            session: session
        )
    }
}
