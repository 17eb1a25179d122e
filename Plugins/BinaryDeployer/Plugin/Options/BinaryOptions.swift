// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

/// The deployer's own inputs.
struct BinaryOptions: Codable, Sendable {
    var targetHost: String
    var port: Int?
    var user: String?
    var keyFile: String?
    var passwordSecret: String?
    var keyPassphraseSecret: String?
    var sudoPasswordSecret: String?
    var useAgent: Bool?
    var knownHosts: String?
    var hostKeyFingerprint: String?
    var instance: String?
    var serviceUser: String?
    var serviceName: String?
    var binaryPath: String?
    var configFolder: String?
    var datastore: String?
    var logFolder: String?
    var unitFolder: String?
    var openFirewall: Bool?
    var startSeconds: Int?

    private enum CodingKeys: String, CodingKey {
        case port, user, instance, datastore
        case targetHost = "target_host"
        case keyFile = "key_file"
        case passwordSecret = "password_secret"
        case keyPassphraseSecret = "key_passphrase_secret"
        case sudoPasswordSecret = "sudo_password_secret"
        case useAgent = "use_agent"
        case knownHosts = "known_hosts"
        case hostKeyFingerprint = "host_key_fingerprint"
        case serviceUser = "service_user"
        case serviceName = "service_name"
        case binaryPath = "binary_path"
        case configFolder = "config_folder"
        case logFolder = "log_folder"
        case unitFolder = "unit_folder"
        case openFirewall = "open_firewall"
        case startSeconds = "start_seconds"
    }

    init(_ json: JSONValue) throws(MegaraptorError) {
        self = try json.options(of: "binary")
    }

    /// This machine is not logged in to; only sudo may want something.
    var access: SSHAccess {
        guard !isLocal else { return SSHAccess(sudoPasswordSecret: sudoPasswordSecret) }
        return SSHAccess(
            keyFile: keyFile,
            keyPassphraseSecret: keyPassphraseSecret,
            passwordSecret: passwordSecret,
            sudoPasswordSecret: sudoPasswordSecret,
            useAgent: useAgent,
            knownHosts: knownHosts,
            hostKeyFingerprint: hostKeyFingerprint
        )
    }

    var isLocal: Bool { targetHost == "localhost" }
    var startLimit: Duration { .seconds(startSeconds ?? 60) }

    var layout: InstallLayout {
        let tail = instance.map { "-\($0)" } ?? ""
        return InstallLayout(
            binary: binaryPath ?? "/usr/local/bin/velociraptor-server\(tail)",
            configFolder: configFolder ?? "/etc/velociraptor\(tail)",
            datastore: datastore ?? "/var/lib/velociraptor\(tail)",
            logs: logFolder ?? "/var/log/velociraptor\(tail)",
            unitFolder: unitFolder ?? "/etc/systemd/system",
            service: serviceName ?? "velociraptor_server\(tail)",
            user: serviceUser ?? "velociraptor"
        )
    }
}
