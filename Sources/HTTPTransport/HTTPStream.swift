// SPDX-License-Identifier: Apache-2.0

/// An answer whose body is read as it comes.
public struct HTTPStream: Sendable {
    public let head: HTTPHead
    public let body: HTTPBody
}
