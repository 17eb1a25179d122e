// SPDX-License-Identifier: Apache-2.0

import Certificates
import GRPCTransport
import JSONValue
import SwiftProtobuf
import VelociraptorAPI
import VelociraptorLab

/// A client of a deployed server's API with a certificate of its own.
struct APIClient {
    private let client: LabClient

    /// - Parameter certificate: the PEM; the key is the one of all leaves.
    init(_ deployment: TestDeployment, _ server: DeployedServer, certificate: String) throws {
        client = LabClient(
            channel: try GRPCChannel(
                GRPCChannelConfiguration(
                    target: "127.0.0.1:\(server.ports[.api] ?? 0)",
                    tls: GRPCClientTLS(
                        roots: try deployment.pki.authority.certificate.pem(),
                        certificate: certificate,
                        privateKey: try deployment.pki.key.pkcs1PEM(),
                        targetName: "VelociraptorServer"
                    )
                )
            )
        )
    }

    /// The same for a user's certificate.
    init(_ deployment: TestDeployment, _ server: DeployedServer, as name: String) throws {
        try self.init(deployment, server, certificate: try deployment.pki.user(name))
    }

    func query(_ vql: String) async throws -> QueryAnswer { try await client.query(vql) }

    func check() async throws -> Proto_HealthCheckResponse.ServingStatus {
        let answer: Proto_HealthCheckResponse = try await client.unary("Check", Proto_HealthCheckRequest())
        return answer.status
    }

    /// Whom the server takes this client for, or how it was sent away.
    func whoAmI() async throws -> String {
        let answer = try await query("SELECT whoami() AS me FROM scope()")
        guard answer.status.isOK else { return "\(answer.status.code): \(answer.status.details)" }
        return try answer.rows.first?["me"]?.stringValue ?? "nobody"
    }
}
