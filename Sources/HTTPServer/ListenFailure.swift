// SPDX-License-Identifier: Apache-2.0

/// Why an address cannot be listened on, in the words of the Go library: `listen tcp 127.0.0.1:80: bind: …`.
public struct ListenFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
}
