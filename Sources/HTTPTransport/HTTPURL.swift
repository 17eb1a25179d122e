// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors

/// What a transfer must know of a URL before it starts, as curl reads it.
struct HTTPURL {
    let scheme: String
    let host: String

    init(_ url: String) throws(MegaraptorError) {
        let handle = curl_url()
        defer { curl_url_cleanup(handle) }
        guard let handle, !url.utf8.contains(0), curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK else {
            throw MegaraptorError(.invalidArgument, "A URL cannot be read.", hint: "It looks like https://host/path.")
        }
        guard Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil else {
            throw MegaraptorError(
                .invalidArgument,
                "A URL holds a user or a password, which would then stand in logs.",
                hint: "Give them apart from the URL."
            )
        }
        scheme = Self.part(CURLUPART_SCHEME, of: handle) ?? ""
        host = Self.part(CURLUPART_HOST, of: handle) ?? ""
        guard scheme == "http" || scheme == "https" else {
            throw MegaraptorError(.invalidArgument, "A URL begins with http:// or https://, not with \(scheme)://.")
        }
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
