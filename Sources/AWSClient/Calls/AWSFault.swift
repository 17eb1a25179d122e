// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors
import XMLReading

/// An answer of AWS that is no success.
struct AWSFault: Sendable {
    let status: Int
    /// AWS's own: `AccessDenied`.
    let code: String
    let message: String
    let requestID: String?
    /// In seconds, where the answer says how long to wait.
    let retryAfter: Int?
    /// What AWS's clock says.
    let serverTime: Int64?

    init(_ response: HTTPResponse) {
        status = response.status
        retryAfter = response.headers["Retry-After"].flatMap { Int($0) }
        serverTime = response.headers["Date"].flatMap(HTTPDate.unixSeconds)
        let header = response.headers["x-amzn-RequestId"] ?? response.headers["x-amz-request-id"]
        let read = Self.xml(response.body) ?? Self.json(response)
        code = read?.code ?? "HTTP\(response.status)"
        message = read?.message ?? "the answer says no more than its status"
        requestID = read?.requestID ?? header
    }

    private typealias Parts = (code: String, message: String, requestID: String?)

    private static func xml(_ body: [UInt8]) -> Parts? {
        guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<"), let root = try? XMLReader.read(body, from: "AWS"),
            let error = root["Error"] ?? root["Errors"]?["Error"], let code = error.text("Code")
        else { return nil }
        return (code, error.text("Message") ?? "", root.text("RequestId") ?? root.text("RequestID"))
    }

    private static func json(_ response: HTTPResponse) -> Parts? {
        let json = try? JSONValue(json: response.body)
        guard let type = json?["__type"]?.stringValue ?? response.headers["x-amzn-ErrorType"] else { return nil }
        // `com.amazon.coral.service#AccessDeniedException`, or with a URL after a colon.
        let code = type.split(separator: "#").last.map { $0.prefix { $0 != ":" } } ?? ""
        let message = json?["message"]?.stringValue ?? json?["Message"]?.stringValue ?? ""
        return code.isEmpty ? nil : (String(code), message, nil)
    }
}

// MARK: - What it means

extension AWSFault {
    private static let throttling: Set = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "EC2ThrottledException",
        "PriorRequestNotComplete", "SlowDown",
    ]
    private static let clock: Set = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]
    private static let signing: Set = ["SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure"]

    /// The request was turned away before it did anything.
    var isThrottled: Bool { Self.throttling.contains(code) || status == 429 }

    /// The service itself failed, so that the same may work a moment later.
    var isPassing: Bool { status >= 500 || code == "RequestTimeout" || code == "RequestTimeoutException" }

    /// The session has ended, and new credentials may be had.
    var isExpired: Bool { code == "ExpiredToken" || code == "ExpiredTokenException" }

    /// Whether the two clocks are too far apart for a signature.
    private var isSkewed: Bool {
        Self.clock.contains(code)
            || (Self.signing.contains(code)
                && (message.contains("Signature expired") || message.contains("not yet current")))
    }

    var meaning: MegaraptorError.Code {
        if isThrottled { return .resourceExhausted }
        if isSkewed || isExpired { return .unauthenticated }
        switch code {
        case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "OptInRequired",
            "NotAuthorized", "ForbiddenException":
            return .permissionDenied
        case "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "SignatureDoesNotMatch",
            "InvalidSignatureException", "MissingAuthenticationToken", "IncompleteSignature", "InvalidIdentityToken",
            "UnauthorizedException":
            return .unauthenticated
        // CloudFormation says so of a stack that is not there, and in other words of other things, such as a role.
        case "ValidationError" where message.hasPrefix("Stack") && message.contains("does not exist"): return .notFound
        case "ChangeSetNotFound", "ChangeSetNotFoundException", "ResourceNotFoundException", "ParameterNotFound",
            "NoSuchEntity":
            return .notFound
        case "AlreadyExistsException", "ResourceExistsException", "EntityAlreadyExists",
            "OperationInProgressException", "TokenAlreadyExistsException", "IdempotentParameterMismatch":
            return .conflict
        case "ValidationError", "ValidationException", "MissingParameter", "MissingAction", "InvalidAction":
            return .invalidArgument
        case "InsufficientInstanceCapacity", "InsufficientCapacity", "ServiceUnavailable", "InternalFailure",
            "InternalError":
            return .unavailable
        case "InsufficientCapabilitiesException", "InvalidRequestException", "IncorrectInstanceState",
            "IncorrectState":
            return .failedPrecondition
        default: return meaningByShape
        }
    }

    private var meaningByShape: MegaraptorError.Code {
        if code.hasSuffix(".NotFound") || code.hasSuffix("NotFoundException") { return .notFound }
        if code.contains("LimitExceeded") || code.contains("QuotaExceeded") { return .resourceExhausted }
        if code.hasPrefix("InvalidParameter") || code.hasPrefix("Malformed") || code.hasSuffix(".Malformed") {
            return .invalidArgument
        }
        switch status {
        case 401: return .unauthenticated
        case 403: return .permissionDenied
        case 404: return .notFound
        case 500...: return .unavailable
        default: return .failedPrecondition
        }
    }

    /// - Parameters:
    ///   - hidden: texts that must not be shown: a service that dislikes a signature shows what it has read.
    ///   - now: of this machine's clock.
    func error(_ service: AWSService, _ action: String, hiding hidden: [String], now: Int64) -> MegaraptorError {
        var words = message
        if let start = words.firstRange(of: "The Canonical String") { words = String(words[..<start.lowerBound]) }
        for text in hidden where !text.isEmpty { words = words.replacing(text, with: "[hidden]") }
        words = String(words.prefix(1000))
        while let last = words.last, last.isWhitespace || last == "." { words.removeLast() }
        let id = requestID.map { ", request \($0)" } ?? ""
        var details: JSONObject = [
            "aws_code": .string(code), "service": .string(service.name), "action": .string(action),
            "status": .integer(Int64(status)),
        ]
        if let requestID { details["request_id"] = .string(requestID) }
        return MegaraptorError(
            meaning,
            "\(service.name) \(action): \(words) (\(code)\(id)).",
            hint: hint(now),
            retryable: isThrottled,
            details: details
        )
    }

    private func hint(_ now: Int64) -> String {
        if isThrottled { return "AWS wants fewer requests: try again in a minute." }
        if isSkewed {
            let difference = serverTime.map { " by \(abs($0 - now)) seconds" } ?? ""
            return "This machine's clock differs from AWS's\(difference): set it right, for instance with NTP."
        }
        switch meaning {
        case .unauthenticated where isExpired:
            return "The credentials' session has ended: sign in again, for instance with aws sso login."
        case .unauthenticated: return "Check the access key and its secret, and that the key is active."
        case .permissionDenied: return "Give the user or role the permission that the message names."
        case .resourceExhausted: return "Ask AWS for a higher quota, or remove what is not needed."
        case .unavailable: return "Look at the AWS Health Dashboard, or try again later."
        default: return ""
        }
    }
}
