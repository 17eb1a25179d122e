// SPDX-License-Identifier: Apache-2.0

internal import SystemPackage

/// Where the files of one deployment lie. All of them are the owner's alone.
public struct DeploymentFolder: Sendable, Hashable {
    /// Absolute.
    public let path: String

    init(root: String, _ id: DeploymentID) { path = "\(root)/\(id)" }

    /// What is known of it.
    public var record: String { "\(path)/deployment.json" }
    /// The record before the latest change.
    var recordBackup: String { "\(path)/deployment.json.backup" }
    /// Who works on it now.
    var lock: String { "\(path)/lock" }
    /// Certificates and the keys that belong to them, but for the authority's.
    public var pki: String { "\(path)/pki" }
    public var caCertificate: String { "\(pki)/ca.crt" }
    public var serverConfig: String { "\(path)/server.config.yaml" }
    public var clientConfig: String { "\(path)/client.config.yaml" }
    public var apiClient: String { "\(path)/api_client.yaml" }
    /// Shows the administrator's password to a person once.
    public var adminPassword: String { "\(path)/admin-password.txt" }
}
