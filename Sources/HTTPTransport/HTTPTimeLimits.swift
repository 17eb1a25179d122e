// SPDX-License-Identifier: Apache-2.0

/// How long one request may take. What takes longer ends with `deadline_exceeded`.
public struct HTTPTimeLimits: Sendable, Hashable {
    /// Until the connection stands, with TLS where there is any.
    public var connect: Duration
    /// From the call to the last byte; `nil` where only the others count.
    public var total: Duration?
    /// Without a byte in either direction. While the reader of a stream is slow, nothing is counted.
    public var idle: Duration

    public init(connect: Duration = .seconds(10), total: Duration? = .seconds(60), idle: Duration = .seconds(30)) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }
}
