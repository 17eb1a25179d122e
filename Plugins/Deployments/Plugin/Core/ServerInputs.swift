// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// What may be chosen for a new server. `deploy_server` and `plan_deployment` take the same.
struct ServerInputs: Codable, Sendable {
    var deploymentType: String?
    var profile: String?
    var hostname: String?
    var guiPort: Int?
    var frontendPort: Int?
    var apiPort: Int?
    var monitoringPort: Int?
    var guiAddress: String?
    var frontendAddress: String?
    var apiAddress: String?
    var name: String?
    var caseNumber: String?
    var description: String?
    var tags: [String]?
    var administrator: String?
    var apiUser: String?
    var apiRoles: [String]?
    var binary: String?
    var version: String?
    var certificateFile: String?
    var certificateKeyFile: String?
    var acmeDirectory: String?
    var targetHost: String?
    var sshUser: String?
    var sshKeyPath: String?
    var memoryLimit: String?
    var cpuLimit: String?
    var options: JSONValue?
    var template: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case profile, name, description, tags, binary, version, options, template
        case deploymentType = "deployment_type"
        case hostname = "server_hostname"
        case guiPort = "gui_port"
        case frontendPort = "frontend_port"
        case apiPort = "api_port"
        case monitoringPort = "monitoring_port"
        case guiAddress = "gui_address"
        case frontendAddress = "frontend_address"
        case apiAddress = "api_address"
        case caseNumber = "case_number"
        case administrator = "admin_user"
        case apiUser = "api_user"
        case apiRoles = "api_roles"
        case certificateFile = "tls_certificate"
        case certificateKeyFile = "tls_private_key"
        case acmeDirectory = "acme_directory"
        case targetHost = "target_host"
        case sshUser = "ssh_user"
        case sshKeyPath = "ssh_key_path"
        case memoryLimit = "memory_limit"
        case cpuLimit = "cpu_limit"
    }

    init() {}

    /// The values of this where it has any, and of a template elsewhere.
    func over(_ template: ServerInputs) throws(MegaraptorError) -> ServerInputs {
        var merged = try encoded(template).objectValue ?? [:]
        for (key, value) in try encoded(self).objectValue ?? [:] where value != .null {
            if key == "options", let own = value.objectValue, var others = merged[key]?.objectValue {
                for (name, option) in own { others[name] = option }
                merged[key] = .object(others)
            } else {
                merged[key] = value
            }
        }
        merged["template"] = nil
        do {
            return try JSONValueDecoder().decode(ServerInputs.self, from: .object(merged))
        } catch {
            throw MegaraptorError(.failedPrecondition, "The template does not fit: \(error).")
        }
    }
}
