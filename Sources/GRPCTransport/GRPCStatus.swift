// SPDX-License-Identifier: Apache-2.0

/// How a call ended, in gRPC's own terms.
///
/// Thrown where it is not ``Code-swift.enum/ok``.
public struct GRPCStatus: Error, Sendable, Hashable {
    /// The numbers of the gRPC specification.
    public enum Code: Int32, Sendable, Hashable, CaseIterable {
        case ok = 0
        case cancelled = 1
        case unknown = 2
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case alreadyExists = 6
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case aborted = 10
        case outOfRange = 11
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
        case dataLoss = 15
        case unauthenticated = 16
    }

    public var code: Code
    /// What the peer said, or what the core says where no peer answered.
    public var details: String
    /// The core's own account of a failure, with the causes beneath it; empty where the peer's words are all there is.
    /// Only good for telling causes apart and for logs: its form is not stable.
    public var debug: String

    public init(_ code: Code, _ details: String = "", debug: String = "") {
        self.code = code
        self.details = details
        self.debug = debug
    }

    public static let ok = GRPCStatus(.ok)
    public static let cancelled = GRPCStatus(.cancelled, "The call was cancelled by this side.")

    public var isOK: Bool { code == .ok }
}

extension GRPCStatus: CustomStringConvertible {
    public var description: String { details.isEmpty ? "\(code)" : "\(code): \(details)" }
}
