// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors
import MegaraptorPluginKit
import SSHTransport

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
        let machine: any Machine =
            options.isLocal
            ? LocalMachine(environment: localEnvironment)
            : try await SSHMachine(try await destination(options, context))
        defer { machine.close() }
        let password = try await secret(options.sudoPasswordSecret, context)
        return try await body(machine, try await Elevation.find(machine, password: password))
    }

    private func destination(
        _ options: BinaryOptions,
        _ context: CallContext
    ) async throws(MegaraptorError) -> SSHDestination {
        var logins: [SSHLogin] = []
        if let path = options.keyFile {
            let passphrase = try await secret(options.keyPassphraseSecret, context)
            logins.append(.keyFile(path: path, passphrase: passphrase))
        }
        if options.useAgent ?? (options.keyFile == nil && options.passwordSecret == nil) {
            logins.append(.agent(socket: nil))
        }
        if let password = try await secret(options.passwordSecret, context) { logins.append(.password(password)) }
        return SSHDestination(
            host: options.targetHost,
            port: UInt16(options.port ?? 22),
            user: options.user ?? "root",
            hostKeys: SSHHostKeyPolicy(
                knownHostsFile: options.knownHosts,
                fingerprint: options.hostKeyFingerprint
            ),
            logins: logins
        )
    }

    private func secret(_ name: String?, _ context: CallContext) async throws(MegaraptorError) -> String? {
        guard let name else { return nil }
        return try await context.secret(name).text
    }
}
