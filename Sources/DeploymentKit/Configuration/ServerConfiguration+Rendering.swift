// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import DeployerKit
public import JSONValue
public import MegaraptorErrors

extension ServerConfiguration {
    /// The file's text. Secret.
    ///
    /// - Throws: `invalidArgument` with all that ``problems()`` finds to be an error.
    public func text(_ format: ConfigurationFormat = .yaml) throws(MegaraptorError) -> String {
        format.text(for: try json())
    }

    /// The same as a value. The order is that of files which the server writes itself. Secret.
    public func json() throws(MegaraptorError) -> JSONValue {
        try requireNoErrors()
        var object = JSONObject()
        if let version { object["version"] = ClientConfiguration.version(version) }
        object["Client"] = try client.section()
        object["API"] = api
        object["GUI"] = try gui()
        if let authorityKey { object["CA"] = ["private_key": .string(try authorityKey.pkcs1PEM())] }
        object["Frontend"] = try frontend()
        object["Datastore"] = [
            "implementation": "FileBaseDataStore",
            // A missing one would be no error: the server would write into the root of the file system.
            "location": .string(layout.datastore),
            "filestore_directory": .string(layout.datastore),
        ]
        object["Logging"] = logging
        if profile.hasMonitoring { object["Monitoring"] = Self.bind(layout.monitoring) }
        if case .acme(let cache) = serving { object["autocert_cert_cache"] = .string(cache) }
        object["obfuscation_nonce"] = .string(nonces.obfuscation)
        object["defaults"] = ["hunt_expiry_hours": 168, "notebook_cell_timeout_min": 10]
        return .object(object)
    }

    private var api: JSONValue {
        Self.bind(layout.api, before: ["hostname": .string(layout.apiHostname)], after: ["bind_scheme": "tcp"])
    }

    private func gui() throws(MegaraptorError) -> JSONValue {
        Self.bind(
            layout.gui,
            after: [
                "public_url": .string(guiURL),
                "gw_certificate": .string(try pki.gateway.certificate.pem()),
                "gw_private_key": .string(try pki.gateway.key.pkcs1PEM()),
                "authenticator": ["type": "Basic"],
                "initial_users": .array(initialUsers.map(Self.user)),
            ]
        )
    }

    private func frontend() throws(MegaraptorError) -> JSONValue {
        var rest: JSONObject = [
            "certificate": .string(try pki.frontend.certificate.pem()),
            "private_key": .string(try pki.frontend.key.pkcs1PEM()),
        ]
        if case .files(let certificate, let key) = serving {
            rest["tls_certificate_filename"] = .string(certificate)
            rest["tls_private_key_filename"] = .string(key)
        }
        if let user = layout.runAsUser { rest["run_as_user"] = .string(user) }
        rest["default_client_monitoring_artifacts"] = ["Generic.Client.Stats"]
        rest["resources"] = [
            "connections_per_second": 100,
            "expected_clients": .integer(Int64(profile.expectedClients)),
        ]
        return Self.bind(layout.frontend, before: ["hostname": .string(hostname.text)], after: rest)
    }

    private var logging: JSONValue {
        let kept: JSONValue = [
            "rotation_time": .integer(Self.day),
            "max_age": .integer(Int64(profile.logRetentionSeconds)),
        ]
        return [
            "output_directory": .string(layout.logs),
            "separate_logs_per_component": true,
            "debug": ["disabled": true],
            "info": kept,
            "error": kept,
        ]
    }

    /// Seconds after which a new log file is begun.
    private static var day: Int64 { 86_400 }

    /// Address and port are two keys: one text of both is refused.
    private static func bind(
        _ endpoint: DeploymentSpecification.Endpoint,
        before: JSONObject = [:],
        after: JSONObject = [:]
    ) -> JSONValue {
        var object = before
        object["bind_address"] = .string(endpoint.address)
        object["bind_port"] = .integer(Int64(endpoint.port))
        for member in after { object[member.key] = member.value }
        return .object(object)
    }

    private static func user(_ user: InitialUser) -> JSONValue {
        var object: JSONObject = ["name": .string(user.name.text)]
        if let password = user.password {
            object["password_hash"] = .string(password.hash)
            object["password_salt"] = .string(password.salt)
        }
        return .object(object)
    }
}
