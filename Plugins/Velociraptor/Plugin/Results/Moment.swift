// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// The server's numbers for moments as text in UTC. Their units differ from field to field.
enum Moment {
    /// Null for a number that is none or not above zero: the server writes 0 for "never".
    static func microseconds(_ value: JSONValue?) -> JSONValue {
        guard let time = number(value), time > 0 else { return .null }
        return .string(ISO8601.string(unixMicroseconds: time, fraction: .milliseconds))
    }

    static func seconds(_ value: JSONValue?) -> JSONValue {
        guard let time = number(value), time > 0 else { return .null }
        return .string(ISO8601.string(unixSeconds: time))
    }

    /// A number, also where it is written as a string: 64-bit fields of protobuf JSON are.
    static func number(_ value: JSONValue?) -> Int64? {
        value?.integerValue ?? value?.stringValue.flatMap { Int64($0) }
    }
}
