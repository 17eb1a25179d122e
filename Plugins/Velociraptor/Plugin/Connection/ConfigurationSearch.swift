// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Finds the API configuration: what was named explicitly first, then the usual places.
///
/// A place that was named must hold a good file: the search does not go on behind somebody's back.
public struct ConfigurationSearch: Sendable {
    /// What `--api-config` or the operator's file names.
    public var explicitPath: String?
    public var environment: [String: String]
    public var files: ConfigurationFiles

    /// What named ``explicitPath``, for complaints.
    private var naming = "--api-config or the plugin's setting api_config"
    /// The deployment whose file counts, and no other.
    private var deployment: DeploymentPlace?
    /// The file that has to stay as it is for a connection to be used on; `nil` for none.
    private(set) var watchedPath: String?

    public init(explicitPath: String?, environment: [String: String], files: ConfigurationFiles = .system) {
        self.explicitPath = explicitPath
        self.environment = environment
        self.files = files
    }

    /// Looks at one file only, and reads it again when it has changed.
    init(path: String, namedBy naming: String) {
        self.init(explicitPath: path, environment: [:])
        self.naming = naming
        watchedPath = path
    }

    /// Looks at a deployment's file only, and reads it again when it has changed.
    init(deployment: DeploymentPlace) {
        self.init(explicitPath: nil, environment: [:])
        self.deployment = deployment
        watchedPath = deployment.file
    }

    static let pathVariables = ["VELOCIRAPTOR_CONFIG_PATH", "VELOCIRAPTOR_API_CONFIG", "VELOCIRAPTOR_API_FILE"]

    /// All that may be looked at.
    public static let variables = pathVariables + Variable.all + ["HOME", "XDG_CONFIG_HOME"]

    private enum Variable {
        static let url = "VELOCIRAPTOR_API_URL"
        static let certificate = "VELOCIRAPTOR_CLIENT_CERT"
        static let key = "VELOCIRAPTOR_CLIENT_KEY"
        static let authority = "VELOCIRAPTOR_CA_CERT"
        static let all = [url, certificate, key, authority]
    }

    /// What was found, checked.
    ///
    /// - Parameter now: seconds since 1970, for the validity of certificates.
    public func find(now: Int64) throws(MegaraptorError) -> APIClientConfiguration {
        let file = try file()
        var configuration = try APIClientConfiguration(file, now: now)
        if let mode = exposedMode(of: file) {
            configuration.warnings.append(
                "\(file.origin) holds a private key but others may open it (mode \(mode)): chmod 600 \(file.origin)"
            )
        }
        return configuration
    }

    /// What was found, as it was written down.
    func file() throws(MegaraptorError) -> APIClientFile {
        if let deployment { return try APIClientFile(yaml: try deployment.text(), file: deployment.file) }
        if let path = explicitPath { return try named(path, by: naming) }
        for variable in Self.pathVariables {
            if let path = value(of: variable) { return try named(path, by: variable) }
        }
        if Variable.all.contains(where: { value(of: $0) != nil }) { return try fromVariables() }
        for path in usualPaths {
            if let text = try files.read(path) { return try APIClientFile(yaml: text, file: path) }
        }
        throw MegaraptorError(
            .failedPrecondition,
            "No Velociraptor API configuration was found.",
            hint: """
                Make one on the server (`velociraptor --config server.config.yaml config api_client --name NAME \
                --role investigator,api api_client.yaml`) and name it with --api-config or \
                \(Self.pathVariables[1]). Looked in: \(searched.joined(separator: ", ")).
                """
        )
    }

    private func value(of variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    private var usualPaths: [String] {
        let home = value(of: "HOME")
        let folder = value(of: "XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
        return ["./api_client.yaml"]
            + (folder.map { ["\($0)/velociraptor/api_client.yaml"] } ?? [])
            + (home.map { ["\($0)/.pyvelociraptorrc"] } ?? [])
    }

    private var searched: [String] {
        ["--api-config"] + Self.pathVariables + ["\(Variable.all.joined(separator: "/"))"] + usualPaths
    }

    /// The permission bits of the file, in octal digits, where others than its owner may open it.
    func exposedMode(of file: APIClientFile) -> String? {
        guard let bits = files.permissions(file.origin), bits & 0o077 != 0 else { return nil }
        return String(bits, radix: 8)
    }

    private func named(_ path: String, by source: String) throws(MegaraptorError) -> APIClientFile {
        guard let text = try files.read(path) else {
            throw MegaraptorError(
                .notFound,
                "The API configuration \(path), named by \(source), does not exist.",
                hint: "Correct the path, or make the file on the server with `velociraptor config api_client`."
            )
        }
        return try APIClientFile(yaml: text, file: path)
    }

    private func fromVariables() throws(MegaraptorError) -> APIClientFile {
        let missing = Variable.all.filter { value(of: $0) == nil }
        guard missing.isEmpty else {
            throw MegaraptorError(
                .failedPrecondition,
                "Of the environment variables that together describe the API, \(missing.joined(separator: ", ")) is not set.",
                hint: "Set all of \(Variable.all.joined(separator: ", ")), or name a file with --api-config."
            )
        }
        return APIClientFile(
            origin: "the environment variables \(Variable.url) and its companions",
            connection: environment[Variable.url] ?? "",
            authority: try pem(Variable.authority),
            certificate: try pem(Variable.certificate),
            privateKey: try pem(Variable.key)
        )
    }

    /// A variable holds PEM text, or the path of a file with it.
    private func pem(_ variable: String) throws(MegaraptorError) -> String {
        let value = environment[variable] ?? ""
        if value.contains("-----BEGIN ") { return value }
        guard let text = try files.read(value) else {
            throw MegaraptorError(
                .notFound,
                "\(variable) is neither PEM text nor the path of a file that exists.",
                hint: "It must hold the text between and with the BEGIN and END lines, or a path."
            )
        }
        return text
    }
}
