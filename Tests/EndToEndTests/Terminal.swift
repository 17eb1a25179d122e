// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// A pseudo-terminal: what is typed on one side is read on the other, and what is shown comes back.
final class Terminal {
    let inner: Int32
    private let outer: Int32

    init() throws {
        var (outer, inner): (Int32, Int32) = (-1, -1)
        guard openpty(&outer, &inner, nil, nil, nil) == 0 else { throw MegaraptorError(.unavailable, "no terminal") }
        for end in [outer, inner] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(outer, F_SETFL, O_NONBLOCK)
        (self.outer, self.inner) = (outer, inner)
    }

    deinit {
        close(inner)
        close(outer)
    }

    func type(_ text: String) {
        _ = text.withCString { write(outer, $0, strlen($0)) }
    }

    /// What the terminal has shown so far.
    var shown: String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(outer, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
