// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// Why a file is not safe to use, and the command that mends it.
public struct FileFault: Sendable, Hashable {
    public enum Cause: String, Sendable, CaseIterable {
        case missing, link, type, owner, writable, privileged, parentOwner, parentWritable, suffix
    }

    public let cause: Cause
    /// The file or folder that has to be mended.
    public let path: String
    public let message: String
    /// For a shell; every path in it is quoted.
    public let command: String

    init(_ cause: Cause, _ path: String, _ message: String, _ command: String) {
        self.cause = cause
        self.path = path
        self.message = message
        self.command = command
    }

    /// All faults as one error: what is wrong, and how all of it is mended.
    public static func error(_ faults: [FileFault]) -> MegaraptorError? {
        guard let first = faults.first else { return nil }
        return MegaraptorError(
            first.cause == .missing ? .notFound : .permissionDenied,
            faults.map(\.message).joined(separator: " "),
            hint: "Mend it: \(faults.map(\.command).joined(separator: " && "))",
            details: ["cause": .string(first.cause.rawValue), "path": .string(first.path)]
        )
    }
}
