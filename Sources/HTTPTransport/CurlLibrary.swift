// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors

/// The library as a whole.
enum CurlLibrary {
    private static let start = mr_curl_global_init()

    static func require() throws(MegaraptorError) {
        guard start == CURLE_OK else {
            throw MegaraptorError(.internal, "libcurl cannot be started: \(text(of: start)).")
        }
    }

    static func text(of code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    }
}
