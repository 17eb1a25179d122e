// SPDX-License-Identifier: Apache-2.0

import CCurl

/// The handle that drives a transfer.
///
/// `@unchecked Sendable`: other threads only wake it, which curl allows from any thread; its owner takes it from them
/// before it is freed.
struct CurlMulti: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    func wake() {
        _ = curl_multi_wakeup(pointer)
    }
}
