// SPDX-License-Identifier: Apache-2.0

import Certificates
import GRPCTransport
import MegaraptorErrors
import SwiftProtobuf
import VQLEvaluator
import VelociraptorAPI

/// The methods of `proto.API`, for clients whose certificate names one of the lab's users.
struct LabService: Sendable {
    let organizations: Organizations
    let accounts: AccountBook
    let engine: QueryEngine
    /// What goes wrong with every call.
    let faults: @Sendable () throws -> FaultPlan
    /// Breaks all connections and listens again.
    let dropConnections: @Sendable () -> Void

    init(
        _ organizations: Organizations,
        _ accounts: AccountBook,
        faults: @escaping @Sendable () throws -> FaultPlan,
        dropConnections: @escaping @Sendable () -> Void
    ) {
        self.organizations = organizations
        self.accounts = accounts
        engine = QueryEngine(
            registry: LabSymbols(organizations: organizations, accounts: accounts).registry(),
            environment: LabEnvironment(organizations: organizations, accounts: accounts)
        )
        self.faults = faults
        self.dropConnections = dropConnections
    }

    /// What methods with one answer speak of: only queries can name another organisation.
    var server: LabServer { organizations.root }

    /// Answers one call.
    func handle(_ call: ServerCall) async {
        do throws(GRPCStatus) {
            let plan = try faultsNow()
            try await wait(plan)
            switch call.method {
            // Serves whoever has a certificate: nobody looks for its user.
            case "/proto.API/Check": try await call.send(try check(call.request))
            case "/proto.API/Query": try await query(call, try caller(of: call), plan)
            case let method:
                let account = try caller(of: call)
                guard let unary = unaryMethods[method] else {
                    let name = method.split(separator: "/").last ?? ""
                    throw GRPCStatus(.unimplemented, "method \(name) not implemented")
                }
                try await call.send(try unary(call.request, account))
            }
            await call.finish()
        } catch {
            await call.finish(error)
        }
    }

    private func caller(of call: ServerCall) throws(GRPCStatus) -> Account {
        guard Self.mayServe(call.peerCertificate) else { throw GRPCStatus(.unknown, "Must set a username") }
        let name = call.peerName ?? ""
        guard let account = accounts[name] else { throw GRPCStatus(.unknown, "User not found: \(name)") }
        return account
    }

    /// The server takes a name only from a certificate that a server could have, too: it verifies the chain a second
    /// time and asks for that purpose.
    private static func mayServe(_ certificate: String?) -> Bool {
        do throws(MegaraptorError) {
            return try Certificate(pem: certificate ?? "").allows(.server)
        } catch {
            return false
        }
    }

    private func faultsNow() throws(GRPCStatus) -> FaultPlan {
        do {
            return try faults()
        } catch let error as FaultPlanError {
            throw GRPCStatus(.invalidArgument, "The lab knows no fault '\(error.entry)'")
        } catch {
            throw GRPCStatus(.internal, "The lab cannot read its faults: \(error)")
        }
    }

    func wait(_ plan: FaultPlan) async throws(GRPCStatus) {
        if plan.isUnavailable { throw GRPCStatus(.unavailable, "The lab was told to be unavailable") }
        guard plan.delay > 0 else { return }
        do {
            try await Task.sleep(for: .milliseconds(plan.delay))
        } catch {
            throw .cancelled
        }
    }
}
