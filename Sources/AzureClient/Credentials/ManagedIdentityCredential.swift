// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
internal import JSONValue
public import MegaraptorErrors

/// The identity that Azure gives a machine or an app: asked for at an address that only it can reach.
public struct ManagedIdentityCredential: AzureCredential {
    /// Who is asked.
    enum Source: Sendable {
        /// App Service, Functions and their like, which prove themselves by a header that only the app knows.
        case appService(endpoint: String, header: String)
        /// The instance metadata service of virtual machines.
        case instanceMetadata(host: String)
    }

    public let name = "ManagedIdentityCredential"
    private let source: Source
    /// Of an identity that a user assigned; `nil` for the machine's own.
    let clientID: String?
    let retries: RetryPolicy

    public init(_ environment: AzureEnvironment, clientID: String?, retries: RetryPolicy = .init()) {
        if let endpoint = environment["IDENTITY_ENDPOINT"], let header = environment["IDENTITY_HEADER"] {
            source = .appService(endpoint: endpoint, header: header)
        } else {
            let host = environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "http://169.254.169.254"
            source = .instanceMetadata(host: host.hasSuffix("/") ? String(host.dropLast()) : host)
        }
        self.clientID = clientID
        self.retries = retries
    }

    public func token(for scope: String) async throws(MegaraptorError) -> AccessToken {
        let request = try request(scope)
        let response: HTTPResponse
        do throws(MegaraptorError) {
            // Never by a proxy: it would get the token.
            let client = HTTPClient(usesProxy: false)
            response = try await retries.run(isIdempotent: true) { () throws(MegaraptorError) in
                do throws(MegaraptorError) {
                    return try await client.send(request)
                } catch {
                    // Who has no such service needs no retries to know it.
                    guard error.details["sent"] == false || error.code == .deadlineExceeded else { throw error }
                    throw CredentialFault.absent("This machine has no managed identity: \(error.message)")
                }
            }
        } catch {
            throw error
        }
        // In other clouds something else answers at that address.
        if case .instanceMetadata = source, !Self.isAzure(response) {
            throw CredentialFault.absent(
                "This machine has no managed identity: its metadata service, status \(response.status), is not Azure's."
            )
        }
        // 400 identity_not_found: the machine has the service and no identity.
        if response.status == 400, response.text.contains("dentity not found") {
            throw CredentialFault.absent("Azure has assigned no identity to this machine.")
        }
        return try TokenEndpoint.read(response, "The managed identity")
    }

    /// Azure's answers are JSON: a token, or what is wrong. Its trouble is told by its status.
    private static func isAzure(_ response: HTTPResponse) -> Bool {
        guard let json = try? JSONValue(json: response.body) else { return response.status >= 500 }
        return json["access_token"] != nil || json["error"] != nil
    }

    private func request(_ scope: String) throws(MegaraptorError) -> HTTPRequest {
        let suffix = "/.default"
        let resource = scope.hasSuffix(suffix) ? String(scope.dropLast(suffix.count)) : scope
        var query = [("resource", resource)]
        if let clientID { query.append(("client_id", clientID)) }
        switch source {
        case .appService(let endpoint, let header):
            return HTTPRequest(
                "GET",
                endpoint + URLText.query([("api-version", "2019-08-01")] + query),
                headers: ["X-IDENTITY-HEADER": header],
                limits: HTTPTimeLimits(connect: .seconds(5), total: .seconds(30))
            )
        case .instanceMetadata(let host):
            return HTTPRequest(
                "GET",
                host + "/metadata/identity/oauth2/token" + URLText.query([("api-version", "2018-02-01")] + query),
                headers: ["Metadata": "true"],
                // Beyond Azure nobody listens there, and packets may just vanish.
                limits: HTTPTimeLimits(connect: .seconds(1), total: .seconds(30))
            )
        }
    }
}

extension ManagedIdentityCredential: CustomReflectable {
    /// Without the header, which is a secret.
    public var customMirror: Mirror { Mirror(self, children: ["clientID": clientID ?? "its own"]) }
}
