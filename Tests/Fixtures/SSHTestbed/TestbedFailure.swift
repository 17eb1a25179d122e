// SPDX-License-Identifier: Apache-2.0

/// A testbed that does not do its part. The test that needs it fails.
public struct TestbedFailure: Error, CustomStringConvertible {
    public let text: String

    public var description: String { text }
}
