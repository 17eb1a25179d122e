// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What the rows of a quarantine artifact say of its success.
///
/// The artifacts write sentences (`Result`), those for Linux and macOS also what their commands returned. Where rows
/// speak for and against, neither is taken for true.
struct QuarantineAccount: Sendable, Hashable {
    private let text: String
    /// The exit codes of the commands.
    private let codes: [Int64]

    private static let failing = ["fail", "error", "unable", "denied"]
    private static let quarantine = ["success", "quarantined", "applied", "in place"]
    private static let release = ["success", "removed", "released", "deleted"]

    /// - Parameter message: what the endpoint was to show; it stands in the rows too and says nothing of the success.
    init(rows: [JSONValue], message: String?) {
        let results = rows.compactMap { $0["Result"]?.stringValue }
        text = results.map { result in
            guard let message, !message.isEmpty, let place = result.firstRange(of: message) else { return result }
            return String(result[..<place.lowerBound]) + String(result[place.upperBound...])
        }.joined(separator: "\n").lowercased()
        codes = rows.compactMap { $0["ReturnCode"]?.integerValue } + results.compactMap(Self.code)
    }

    var tellsOfFailure: Bool {
        Self.failing.contains { text.contains($0) } || !codes.isEmpty && !codes.contains(0)
    }

    func tellsOfSuccess(_ isQuarantine: Bool) -> Bool {
        guard !tellsOfFailure, codes.allSatisfy({ $0 == 0 }) else { return false }
        return !codes.isEmpty || (isQuarantine ? Self.quarantine : Self.release).contains { text.contains($0) }
    }

    /// The number in `Running COMMAND: OUTPUT, Returned NUMBER MESSAGE`.
    private static func code(_ result: String) -> Int64? {
        guard let place = result.ranges(of: ", Returned ").last else { return nil }
        return Int64(result[place.upperBound...].prefix { $0 == "-" || $0.isNumber })
    }
}
