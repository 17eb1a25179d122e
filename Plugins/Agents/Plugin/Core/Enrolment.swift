// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// What an agent of a deployment needs, as `deployment.enrolment/1` tells.
struct Enrolment: Decodable, Sendable {
    static let interface = "deployment.enrolment/1"

    /// The server's own program, which is an agent's, too.
    struct Program: Decodable, Sendable {
        var path: String
        var sha256: String
        var version: String
        var architecture: String?
    }

    var deploymentID: String
    var name: String
    /// Where agents go.
    var serverURL: String
    var hostname: String
    var frontendPort: Int
    var labels: [String]
    /// The YAML of `client.config.yaml`. Secret: its nonce lets anybody enrol.
    var clientConfig: String
    var caFingerprint: String
    /// The certificate whose key the server has.
    var frontendCertificate: String
    /// By which the server's API is asked.
    var apiConfig: String
    var program: Program?

    private enum CodingKeys: String, CodingKey {
        case name, hostname, labels, program
        case deploymentID = "deployment_id"
        case serverURL = "server_url"
        case frontendPort = "frontend_port"
        case clientConfig = "client_config"
        case caFingerprint = "ca_fingerprint"
        case frontendCertificate = "frontend_certificate"
        case apiConfig = "api_config"
    }

    init(_ json: JSONValue) throws(MegaraptorError) {
        do {
            self = try JSONValueDecoder().decode(from: json)
        } catch {
            throw MegaraptorError(.internal, "What is told of the deployment does not fit \(Self.interface): \(error).")
        }
    }
}
