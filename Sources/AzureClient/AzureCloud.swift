// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// One of Azure's clouds: where it signs in, where Resource Manager is, and how its vaults are called.
public struct AzureCloud: Sendable, Hashable {
    /// `AzurePublic`, `AzureUSGovernment` or `AzureChina`.
    public let name: String
    /// Where tokens come from, without a slash at its end.
    public var authority: String
    /// Where Resource Manager is, without a slash at its end.
    public var resourceManager: String
    /// For whom a token for Resource Manager is. It does not follow ``resourceManager`` when that is replaced.
    public let audience: String
    /// What the names of key vaults end with, without the leading dot.
    public let vaultSuffix: String

    public static let azurePublic = AzureCloud(
        name: "AzurePublic",
        authority: "https://login.microsoftonline.com",
        resourceManager: "https://management.azure.com",
        audience: "https://management.azure.com/",
        vaultSuffix: "vault.azure.net"
    )
    public static let usGovernment = AzureCloud(
        name: "AzureUSGovernment",
        authority: "https://login.microsoftonline.us",
        resourceManager: "https://management.usgovcloudapi.net",
        audience: "https://management.usgovcloudapi.net/",
        vaultSuffix: "vault.usgovcloudapi.net"
    )
    public static let china = AzureCloud(
        name: "AzureChina",
        authority: "https://login.chinacloudapi.cn",
        resourceManager: "https://management.chinacloudapi.cn",
        audience: "https://management.chinacloudapi.cn/",
        vaultSuffix: "vault.azure.cn"
    )
    public static let all = [azurePublic, usGovernment, china]

    /// - Parameters:
    ///   - name: `nil` for the public cloud.
    ///   - authority: replaces where tokens come from, as `AZURE_AUTHORITY_HOST` does.
    ///   - resourceManager: replaces where Resource Manager is.
    /// - Throws: `invalid_argument` for a cloud that is not known, and for an address without TLS beyond this machine.
    public init(
        named name: String?,
        authority: String? = nil,
        resourceManager: String? = nil
    ) throws(MegaraptorError) {
        guard let known = Self.all.first(where: { $0.name == name ?? Self.azurePublic.name }) else {
            throw MegaraptorError(
                .invalidArgument,
                "There is no Azure cloud \"\(name ?? "")\".",
                hint: "There are: \(Self.all.map(\.name).joined(separator: ", "))."
            )
        }
        self = known
        if let authority { self.authority = try AzureEndpoint(authority, "authority host").url }
        if let resourceManager {
            self.resourceManager = try AzureEndpoint(resourceManager, "management endpoint").url
        }
    }

    private init(name: String, authority: String, resourceManager: String, audience: String, vaultSuffix: String) {
        self.name = name
        self.authority = authority
        self.resourceManager = resourceManager
        self.audience = audience
        self.vaultSuffix = vaultSuffix
    }

    /// The scope of a token for Resource Manager. The audience ends with a slash, and so the scope has two.
    public var scope: String { audience + "/.default" }
}
