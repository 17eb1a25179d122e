// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import MegaraptorErrors
internal import Synchronization

/// A connection that outlives its request, for logins that hold for a connection and no longer.
///
/// It serves one request at a time; one that comes meanwhile gets a connection of its own, as does one after the server
/// has ended this one.
public final class HTTPConnection: Sendable {
    private let idle = Mutex<CurlMulti?>(nil)

    public init() {}

    deinit { idle.withLock { $0?.free() } }

    /// The handle that the connection belongs to, which nobody else has now.
    func take() throws(MegaraptorError) -> CurlMulti {
        let known = idle.withLock { idle in
            defer { idle = nil }
            return idle
        }
        if let known { return known }
        return try CurlMulti()
    }

    func giveBack(_ multi: CurlMulti) {
        let surplus = idle.withLock { idle -> CurlMulti? in
            guard idle == nil else { return multi }
            idle = multi
            return nil
        }
        surplus?.free()
    }
}
