// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
public import JSONValue
internal import MegaraptorErrors

/// An answer of success.
public struct ARMResponse: Sendable {
    public let status: Int
    /// `null` where there is no body.
    public let body: JSONValue
    /// Where the operation that has begun can be followed.
    let operation: String?
    let location: String?
    let retryAfter: Duration?
    public let requestID: String?

    /// - Throws: `unavailable` where the body is no JSON: then something else than Azure has answered.
    init(_ response: HTTPResponse, _ request: ARMRequest) throws(MegaraptorError) {
        status = response.status
        if response.body.isEmpty {
            body = .null
        } else {
            guard let json = try? JSONValue(json: response.body) else {
                throw MegaraptorError(
                    .unavailable,
                    "\(request.method) \(request.path) was answered with something else than JSON, which begins with"
                        + " \"\(ARMFault.beginning(response.text))\".",
                    hint:
                        "Something between here and Azure may have answered, such as a proxy. Look at what has become of"
                        + " it before it is tried again.",
                    details: ["status": .integer(Int64(response.status))]
                )
            }
            body = json
        }
        operation = response.headers["azure-asyncoperation"]
        location = response.headers["location"]
        retryAfter = RetryPolicy.retryAfter(response.headers)
        requestID = response.headers["x-ms-request-id"]
    }
}
