// SPDX-License-Identifier: Apache-2.0

import CCurl
import Glibc
import JSONValue
import MegaraptorErrors

/// How curl ended a transfer, and what that means to whoever asked for it.
struct HTTPFailure {
    let code: CURLcode
    /// Curl's own; they name hosts, ports and certificates, never credentials.
    let words: String
    let errno: Int32
    let isSent: Bool
    let request: HTTPRequest
    let client: HTTPClient

    var error: MegaraptorError {
        let words = words.isEmpty ? CurlLibrary.text(of: code) : words
        let (code, hint) = meaning
        var details: JSONObject = ["sent": .bool(isSent), "curl": .integer(Int64(self.code.rawValue))]
        if errno != 0 { details["errno"] = .integer(Int64(errno)) }
        let reason = errno != 0 ? "\(words) (\(String(cString: strerror(errno))))" : words
        let via = client.unixSocket.map { " through \($0)" } ?? ""
        return MegaraptorError(
            code,
            "\(request.place)\(via): \(reason).",
            hint: hint,
            retryable: code == .unavailable && !isSent,
            details: details
        )
    }

    private var meaning: (MegaraptorError.Code, hint: String) {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS:
            (.unauthenticated, trustHint)
        case CURLE_SSL_CONNECT_ERROR where isAlert, CURLE_RECV_ERROR where isAlert, CURLE_SEND_ERROR where isAlert:
            (.unauthenticated, "The server ended TLS: it may want a client certificate, or not trust the one it got.")
        case CURLE_SSL_CONNECT_ERROR: (.unavailable, "Check that this port speaks TLS.")
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
            (.invalidArgument, "Check that the certificates and the key are PEM and belong together.")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            (.unavailable, "Check the host's name and this machine's name service.")
        case CURLE_COULDNT_CONNECT: (.unavailable, "Check that the server runs and can be reached there.")
        case CURLE_OPERATION_TIMEDOUT: (.deadlineExceeded, isSent ? Self.unknownEffect : "")
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            (.unavailable, isSent ? Self.unknownEffect : "")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: (.invalidArgument, "Check the URL.")
        case CURLE_TOO_MANY_REDIRECTS: (.failedPrecondition, "Give the address that the redirects lead to.")
        case CURLE_OUT_OF_MEMORY: (.resourceExhausted, "")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING:
            (.unavailable, "Check that this port speaks HTTP.")
        default: (.internal, "")
        }
    }

    private static let unknownEffect = "The request was sent, so look whether it took effect before it is sent again."

    private var isAlert: Bool { words.contains("alert") }

    private var trustHint: String {
        switch client.trust.authorities {
        case .pem:
            "Its certificate is not signed by the given CA or is for another name: check that this is the right server."
        case .system: "Give the CA that signed its certificate, and check the name and this machine's clock."
        case .nobodyIsChecked: ""
        }
    }
}

// MARK: - What ends a transfer on this side

extension HTTPFailure {
    static func noHandle() -> MegaraptorError {
        MegaraptorError(.resourceExhausted, "libcurl could not make what an HTTP request needs.")
    }

    static func tooLarge(_ request: HTTPRequest) -> MegaraptorError {
        MegaraptorError(
            .resourceExhausted,
            "\(request.place): the answer is larger than \(request.greatestBody) bytes.",
            details: ["sent": true]
        )
    }

    static func cancelled(_ request: HTTPRequest, isSent: Bool) -> MegaraptorError {
        MegaraptorError(.cancelled, "\(request.place): cancelled.", details: ["sent": .bool(isSent)])
    }

    static func idle(_ request: HTTPRequest, isSent: Bool) -> MegaraptorError {
        MegaraptorError(
            .deadlineExceeded,
            "\(request.place): nothing moved for \(request.limits.idle).",
            hint: isSent ? unknownEffect : "",
            details: ["sent": .bool(isSent)]
        )
    }

    static func cannotWrite(_ errno: Int32) -> MegaraptorError {
        let isFull = errno == ENOSPC || errno == EDQUOT || errno == EFBIG
        return MegaraptorError(
            isFull ? .resourceExhausted : .failedPrecondition,
            "A download cannot be written: \(String(cString: strerror(errno))).",
            hint: isFull ? "Make room on that disk." : "",
            details: ["errno": .integer(Int64(errno))]
        )
    }
}
