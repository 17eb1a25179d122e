// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The variables by which Azure's own programs are told who they are. Their values may be secrets: it shows names only.
public struct AzureEnvironment: Sendable {
    private let variables: [String: String]

    public init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// Those of this process, read now: nothing else may change them meanwhile.
    public static var process: AzureEnvironment {
        var variables: [String: String] = [:]
        for name in names {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return AzureEnvironment(variables)
    }

    /// The value; `nil` where it is not set or empty, which means the same to Azure's programs.
    public subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    public var tenant: String? { self["AZURE_TENANT_ID"] }
    public var clientID: String? { self["AZURE_CLIENT_ID"] }
    public var subscription: String? { self["AZURE_SUBSCRIPTION_ID"] }
    public var authority: String? { self["AZURE_AUTHORITY_HOST"] }

    /// What a child such as `az` gets: nothing else of this process is its business.
    var forChildren: [String: String] {
        variables.filter { Self.childNames.contains($0.key) }
    }

    private static let childNames = [
        "PATH", "HOME", "USER", "LANG", "AZURE_CONFIG_DIR", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY",
        "REQUESTS_CA_BUNDLE",
    ]

    private static let names =
        childNames + [
            "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", "AZURE_FEDERATED_TOKEN_FILE",
            "AZURE_AUTHORITY_HOST", "AZURE_SUBSCRIPTION_ID", "AZURE_TOKEN_CREDENTIALS",
            "AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "IDENTITY_HEADER",
        ]
}

extension AzureEnvironment: CustomStringConvertible, CustomReflectable {
    public var description: String { "AzureEnvironment(\(variables.keys.sorted().joined(separator: ", ")))" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
