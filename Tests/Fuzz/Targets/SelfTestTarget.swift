// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Crashes at some bytes, hangs at others and breaks its promise at third ones: shows that findings are found.
struct SelfTestTarget: FuzzTarget {
    let name = "selftest"
    let seeds: [[UInt8]] = [Array("aaaaaaaaaaaaaaaa".utf8)]
    let words = ["crash", "hang", "break"]

    func run(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("crash") { raise(SIGSEGV) }
        if text.contains("hang") { while true { sleep(1) } }
        if text.contains("break") { throw BrokenPromise("broken") }
    }
}
