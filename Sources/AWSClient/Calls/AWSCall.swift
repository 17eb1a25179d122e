// SPDX-License-Identifier: Apache-2.0

/// One call before it is signed.
struct AWSCall: Sendable {
    let service: AWSService
    let action: String
    /// Beside `Host` and those of the signature.
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let repeating: AWSClient.Repeating
}
