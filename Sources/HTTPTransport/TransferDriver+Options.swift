// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors

extension TransferDriver {
    /// Tells curl everything about the request.
    func configure() throws(MegaraptorError) {
        let request = transfer.request
        guard request.headers.areSafe, Self.isToken(request.method) else {
            throw MegaraptorError(.invalidArgument, "A method or header field cannot stand in an HTTP request.")
        }
        let url = try HTTPURL(request.url)
        try set(CURLOPT_URL, request.url)
        try check(mr_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words))
        // Without this curl uses signals to time out name look-ups.
        try set(CURLOPT_NOSIGNAL, 1)
        try check(mr_curl_keep_sockets_private(easy))
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, url.scheme == "https" ? "https" : "http,https")
        try set(CURLOPT_USERAGENT, "megaraptor-mcp")
        try setRoute(url)
        try setMethod(request)
        try setHeaders(request)
        try setLimits(request.limits)
        try setTrust(transfer.client.trust)
        if transfer.client.tellsCertificate { try set(CURLOPT_CERTINFO, 1) }
        try setCallbacks()
    }

    private func setRoute(_ url: HTTPURL) throws(MegaraptorError) {
        let client = transfer.client
        if let path = client.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if let address = client.address { try setList(CURLOPT_CONNECT_TO, [address.connectTo]) }
        let isLocal = client.unixSocket != nil || HTTPAddress.isLoopback(client.address?.host ?? url.host)
        // An empty text turns off the environment's.
        if isLocal || !client.usesProxy { try set(CURLOPT_PROXY, "") }
        guard let basic = transfer.request.basic else { return }
        try set(CURLOPT_HTTPAUTH, mr_curl_auth_basic())
        try set(CURLOPT_USERNAME, basic.user)
        try set(CURLOPT_PASSWORD, basic.password)
    }

    private func setMethod(_ request: HTTPRequest) throws(MegaraptorError) {
        if request.followsRedirects {
            try set(CURLOPT_FOLLOWLOCATION, 1)
            try set(CURLOPT_MAXREDIRS, request.redirects)
        }
        switch (request.method, upload.hasBody) {
        case ("GET", false): try set(CURLOPT_HTTPGET, 1)
        case ("HEAD", false): try set(CURLOPT_NOBODY, 1)
        default:
            let hasBody = upload.hasBody || request.method == "POST" || request.method == "PUT"
            try set(hasBody ? CURLOPT_POST : CURLOPT_HTTPGET, 1)
            if hasBody {
                try check(mr_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.length ?? -1)))
            }
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(_ request: HTTPRequest) throws(MegaraptorError) {
        // Curl takes a name without value as a wish to leave the field out, and one with a semicolon as an empty field.
        var lines = request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        for (name, isNeeded) in [("Expect", false), ("Content-Type", false), ("Transfer-Encoding", upload.isChunked)]
        where request.headers[name] == nil {
            lines.append(isNeeded ? "\(name): chunked" : "\(name):")
        }
        try setList(CURLOPT_HTTPHEADER, lines)
    }

    private func setLimits(_ limits: HTTPTimeLimits) throws(MegaraptorError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
        if let total = limits.total { try set(CURLOPT_TIMEOUT_MS, total.milliseconds) }
    }

    private func setTrust(_ trust: HTTPTrust) throws(MegaraptorError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        var isChecked = true
        switch trust.authorities {
        case .system: break
        case .pem(let bytes):
            try setBlob(CURLOPT_CAINFO_BLOB, bytes)
            // Otherwise the system's authorities would count beside the given ones.
            try check(mr_curl_set_string(easy, CURLOPT_CAPATH, nil))
        case .nobodyIsChecked: isChecked = false
        }
        try set(CURLOPT_SSL_VERIFYPEER, isChecked ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, isChecked ? 2 : 0)
        if let certificate = trust.certificate {
            try set(CURLOPT_SSLCERTTYPE, "PEM")
            try setBlob(CURLOPT_SSLCERT_BLOB, certificate)
        }
        if let key = trust.key {
            try set(CURLOPT_SSLKEYTYPE, "PEM")
            try setBlob(CURLOPT_SSLKEY_BLOB, key)
        }
    }
}

// MARK: - One option

extension TransferDriver {
    private func set(_ option: CURLoption, _ value: Int) throws(MegaraptorError) {
        try check(mr_curl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(MegaraptorError) {
        guard !value.utf8.contains(0) else {
            throw MegaraptorError(.invalidArgument, "A part of an HTTP request holds a zero byte.")
        }
        try check(mr_curl_set_string(easy, option, value))
    }

    private func setBlob(_ option: CURLoption, _ bytes: [UInt8]) throws(MegaraptorError) {
        try check(bytes.withUnsafeBytes { mr_curl_set_blob(easy, option, $0.baseAddress, $0.count) })
    }

    private func setList(_ option: CURLoption, _ lines: [String]) throws(MegaraptorError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw HTTPFailure.noHandle()
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        try check(mr_curl_set_list(easy, option, list))
    }

    func check(_ code: CURLcode) throws(MegaraptorError) {
        guard code == CURLE_OK else {
            throw MegaraptorError(.internal, "libcurl does not take an option: \(CurlLibrary.text(of: code)).")
        }
    }

    private static func isToken(_ method: String) -> Bool {
        !method.isEmpty && method.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}

extension HTTPRequest {
    /// A body or a change must not go to a place that nobody named.
    var followsRedirects: Bool { redirects > 0 && (method == "GET" || method == "HEAD") }
}

extension Duration {
    /// At least one: curl takes 0 as no limit.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
