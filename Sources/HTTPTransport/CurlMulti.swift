// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors

/// The handle that drives a transfer.
///
/// `@unchecked Sendable`: other threads only wake it, which curl allows from any thread; its owner takes it from them
/// before it is freed.
struct CurlMulti: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init() throws(MegaraptorError) {
        guard let pointer = curl_multi_init() else { throw HTTPFailure.noHandle() }
        self.pointer = pointer
    }

    func free() {
        curl_multi_cleanup(pointer)
    }

    func wake() {
        _ = curl_multi_wakeup(pointer)
    }
}
