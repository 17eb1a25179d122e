// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What two answers must have in common: structure and types, not values.
enum Shape {
    /// The first difference between a recorded value and the lab's, with its path; `nil` if they agree.
    ///
    /// Objects must have the same members in the same order. Of lists the first elements are compared, where both
    /// have one.
    static func difference(_ recorded: JSONValue, _ lab: JSONValue, at path: String = "") -> String? {
        switch (recorded, lab) {
        case (.object(let left), .object(let right)): return difference(left, right, at: path)
        case (.array(let left), .array(let right)):
            guard let first = left.first, let other = right.first, !isCut(first) else { return nil }
            return difference(first, other, at: path + "[0]")
        default:
            let (left, right) = (kind(recorded), kind(lab))
            return left == right ? nil : "\(path): \(left) recorded, \(right) here"
        }
    }

    private static func difference(_ recorded: JSONObject, _ lab: JSONObject, at path: String) -> String? {
        guard recorded.keys == lab.keys || isFree(path) else {
            return "\(path): members \(recorded.keys) recorded, \(lab.keys) here"
        }
        for (key, value) in recorded {
            guard let other = lab[key] else { continue }
            if let found = difference(value, other, at: "\(path).\(key)") { return found }
        }
        return nil
    }

    /// Objects whose members are data and not structure.
    private static func isFree(_ path: String) -> Bool {
        path.hasSuffix(".in_flight_flows") || path.hasSuffix(".AvailableDownloads")
    }

    private static func kind(_ value: JSONValue) -> String {
        value.typeName == "integer" ? "number" : value.typeName
    }

    private static func isCut(_ value: JSONValue) -> Bool {
        value.stringValue?.hasPrefix("…(") ?? false
    }
}

/// Log lines by what they say, without names, numbers and positions that differ from run to run.
enum LogClass {
    /// The classes of a log, neighbours of one class taken together. Lines for debugging do not count.
    static func sequence(_ lines: [String]) -> [String] {
        var classes: [String] = []
        for line in lines where !line.hasPrefix("DEBUG:") && !line.hasPrefix("…(") {
            let next = of(line.trimmingSuffix("\n"))
            if classes.last != next { classes.append(next) }
        }
        return classes
    }

    static func of(_ line: String) -> String {
        if line.contains(": Sending response part ") { return "part" }
        if line.hasPrefix("VQL Error:") { return "syntax error" }
        if line.contains("<red>Timeout Error:</>") { return "timeout" }
        if line.hasPrefix("ERROR:"), let end = line.range(of: " Current Scope is ") {
            return String(line[..<end.lowerBound])
        }
        return line
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }

    fileprivate func range(of part: String) -> Range<Index>? {
        guard let first = part.first else { return nil }
        return indices.lazy.filter { self[$0] == first && self[$0...].hasPrefix(part) }
            .map { $0..<self.index($0, offsetBy: part.count) }.first
    }
}
