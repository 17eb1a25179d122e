// SPDX-License-Identifier: Apache-2.0

/// Where messages to the client go. Safe on any thread; messages leave whole and in the order of the calls.
public protocol MessageSink: Sendable {
    /// Adds one message. `build` appends JSON on one line, without the newline; it runs under the sink's lock.
    ///
    /// - Parameter flush: `false` holds the message back until the next flush, so that several leave in one write.
    func write(flush: Bool, _ build: (inout [UInt8]) -> Void)

    func flush()
}
