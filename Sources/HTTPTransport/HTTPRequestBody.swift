// SPDX-License-Identifier: Apache-2.0

/// What a request brings.
public enum HTTPRequestBody: Sendable {
    /// Gives the next bytes, at most as many as asked for; none at the end. Runs on the transfer's own thread, so it may
    /// block, and what it throws ends the request.
    public typealias Source = @Sendable (_ most: Int) throws -> [UInt8]

    case none
    case bytes([UInt8])
    /// Without a length the body goes out in chunks. It cannot be sent a second time, so a redirect or a question for
    /// credentials fails.
    case stream(length: Int64?, Source)
}
