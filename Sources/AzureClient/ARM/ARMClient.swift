// SPDX-License-Identifier: Apache-2.0

public import HTTPTransport
public import JSONValue
public import MegaraptorErrors

/// Asks Azure Resource Manager. A value: it holds no connection.
public struct ARMClient: Sendable {
    public let cloud: AzureCloud
    public let tokens: TokenCache
    public var retries: RetryPolicy
    /// For one request, without the waits between tries.
    public var limits: HTTPTimeLimits

    public init(
        _ cloud: AzureCloud,
        tokens: TokenCache,
        retries: RetryPolicy = RetryPolicy(),
        limits: HTTPTimeLimits = HTTPTimeLimits(total: .seconds(120), idle: .seconds(100))
    ) {
        self.cloud = cloud
        self.tokens = tokens
        self.retries = retries
        self.limits = limits
    }

    /// Sends a request and takes an answer of success.
    ///
    /// - Throws: Azure's own error, see ``ARMFault``; `unavailable` where nobody answers. A change that may have reached
    ///   Azure is never sent twice: `details.sent` is true then, and the caller looks.
    public func send(_ request: ARMRequest) async throws(MegaraptorError) -> ARMResponse {
        let response = try await exchange(request)
        guard response.isSuccess else { throw ARMFault(response, request).error }
        return try ARMResponse(response, request)
    }

    /// The resource or answer at a path.
    public func get(
        _ path: String,
        _ apiVersion: String,
        query: [(String, String)] = []
    ) async throws(MegaraptorError) -> JSONValue {
        try await send(ARMRequest("GET", path, apiVersion, query: query)).body
    }

    /// The resource at a path; `nil` where there is none.
    public func find(_ path: String, _ apiVersion: String) async throws(MegaraptorError) -> JSONValue? {
        do throws(MegaraptorError) {
            return try await get(path, apiVersion)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// All of a list, page by page. A next page elsewhere than at Resource Manager is refused: it would get the token.
    public func list(
        _ path: String,
        _ apiVersion: String,
        query: [(String, String)] = [],
        greatest: Int = 10_000
    ) async throws(MegaraptorError) -> [JSONValue] {
        var page = try await get(path, apiVersion, query: query)
        var all: [JSONValue] = page["value"]?.arrayValue ?? []
        while let next = page["nextLink"]?.stringValue, !next.isEmpty, all.count < greatest {
            try requireOwn(next, allowsRegions: false)
            page = try await send(ARMRequest(monitor: next)).body
            all += page["value"]?.arrayValue ?? []
        }
        return all
    }

    // MARK: - One exchange

    private func exchange(_ request: ARMRequest) async throws(MegaraptorError) -> HTTPResponse {
        let response = try await signed(request)
        guard response.status == 401 else { return response }
        // Signed out or revoked in the meantime: one new token, one more try.
        await tokens.forget(cloud.scope)
        return try await signed(request)
    }

    private func signed(_ request: ARMRequest) async throws(MegaraptorError) -> HTTPResponse {
        let token = try await tokens.token(for: cloud.scope)
        var headers: HTTPHeaders = [
            "Authorization": "Bearer \(token.value)", "Accept": "application/json",
            "x-ms-client-request-id": AzureIdentifier.random(), "x-ms-return-client-request-id": "true",
        ]
        if request.body != nil { headers["Content-Type"] = "application/json" }
        let url = request.target.hasPrefix("/") ? cloud.resourceManager + request.target : request.target
        let message = HTTPRequest(
            request.method,
            url,
            headers: headers,
            body: request.body.map { .bytes($0.jsonBytes()) } ?? (request.method == "POST" ? .bytes([]) : .none),
            limits: limits
        )
        return try await retries.run(isIdempotent: request.changesNothing) { () throws(MegaraptorError) in
            try await HTTPClient().send(message)
        }
    }

    /// - Parameter allowsRegions: whether a host beneath Resource Manager's, such as that of a region, is its own too.
    func requireOwn(_ url: String, allowsRegions: Bool) throws(MegaraptorError) {
        let own = AzureEndpoint.host(of: cloud.resourceManager) ?? ""
        let host = AzureEndpoint.host(of: url) ?? ""
        let isSecure = url.lowercased().hasPrefix("https://")
        let isOwn = host == own && (isSecure || !cloud.resourceManager.hasPrefix("https://"))
        guard isOwn || (allowsRegions && isSecure && host.hasSuffix("." + own)) else {
            throw MegaraptorError(
                .failedPrecondition,
                "Azure's answer leads to \(host.isEmpty ? "no address" : host) instead of \(own), which gets no token.",
                hint: "Check the management endpoint."
            )
        }
    }
}
