// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
public import JSONValue

/// An answer of success.
public struct ARMResponse: Sendable {
    public let status: Int
    /// `null` where there is no body, or none in JSON.
    public let body: JSONValue
    /// Where the operation that has begun can be followed.
    let operation: String?
    let location: String?
    let retryAfter: Duration?
    public let requestID: String?

    init(_ response: HTTPResponse) {
        status = response.status
        body = (try? JSONValue(json: response.body)) ?? .null
        operation = response.headers["azure-asyncoperation"]
        location = response.headers["location"]
        retryAfter = RetryPolicy.retryAfter(response.headers)
        requestID = response.headers["x-ms-request-id"]
    }
}
