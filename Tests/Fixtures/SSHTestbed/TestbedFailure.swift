// SPDX-License-Identifier: Apache-2.0

/// A testbed that does not do its part. The test that needs it fails.
public struct TestbedFailure: Error, CustomStringConvertible {
    public let text: String

    public init(text: String) { self.text = text }

    public var description: String { text }
}
