// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Machines
import MegaraptorErrors
import MegaraptorPluginKit

extension BinaryDeployer {
    func withSite<Answer: Sendable>(
        _ request: DeploymentRequest,
        _ context: CallContext,
        _ body: (Site) async throws -> Answer
    ) async throws -> Answer {
        let options = try BinaryOptions(request.options)
        return try await withMachine(options, context) { machine, elevation in
            try await body(
                Site(machine: machine, elevation: elevation, deployment: request.deployment, options: options)
            )
        }
    }

    /// Reaches the machine for as long as `body` runs.
    func withMachine<Answer: Sendable>(
        _ options: BinaryOptions,
        _ context: CallContext,
        _ body: (any Machine, Elevation) async throws -> Answer
    ) async throws -> Answer {
        let access = try await options.access.opened(context)
        let machine: any Machine =
            options.isLocal
            ? LocalMachine(environment: localEnvironment)
            : try await SSHMachine(
                access.destination(
                    options.targetHost,
                    port: UInt16(options.port ?? 22),
                    user: options.user ?? "root"
                )
            )
        defer { machine.close() }
        return try await body(machine, try await Elevation.find(machine, password: access.sudoPassword))
    }
}
