// SPDX-License-Identifier: Apache-2.0

import JSONValue
public import MegaraptorErrors

/// A place in a YAML file. Line and column count from 1, columns in characters.
public struct YAMLPosition: Sendable, Hashable {
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// An error whose message begins with this place, as editors and terminals know how to follow it.
    public func error(
        _ message: String,
        hint: String = "",
        code: MegaraptorError.Code = .invalidArgument
    ) -> MegaraptorError {
        MegaraptorError(
            code,
            "\(self): \(message)",
            hint: hint,
            details: ["file": .string(file), "line": .integer(Int64(line)), "column": .integer(Int64(column))]
        )
    }
}

extension YAMLPosition: CustomStringConvertible {
    public var description: String { "\(file):\(line):\(column)" }
}
