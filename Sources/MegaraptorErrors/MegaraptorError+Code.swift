// SPDX-License-Identifier: Apache-2.0

extension MegaraptorError {
    /// The closed set of error codes. The numbers are those of the plugin contract (`mr_status`); 0 means success there.
    public enum Code: Int32, Sendable, Hashable, CaseIterable {
        case invalidArgument = 1
        case notFound = 2
        case permissionDenied = 3
        case unauthenticated = 4
        case unavailable = 5
        case deadlineExceeded = 6
        case cancelled = 7
        case conflict = 8
        case resourceExhausted = 9
        case unsupported = 10
        case failedPrecondition = 11
        case `internal` = 12

        /// The code as it is written in JSON and shown to people.
        public var name: String {
            switch self {
            case .invalidArgument: "invalid_argument"
            case .notFound: "not_found"
            case .permissionDenied: "permission_denied"
            case .unauthenticated: "unauthenticated"
            case .unavailable: "unavailable"
            case .deadlineExceeded: "deadline_exceeded"
            case .cancelled: "cancelled"
            case .conflict: "conflict"
            case .resourceExhausted: "resource_exhausted"
            case .unsupported: "unsupported"
            case .failedPrecondition: "failed_precondition"
            case .internal: "internal"
            }
        }

        public init?(name: String) {
            guard let code = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = code
        }
    }
}
