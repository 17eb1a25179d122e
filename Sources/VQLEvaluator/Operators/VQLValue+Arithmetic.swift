// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// `+`: numbers, strings, dictionaries; a list takes anything at its end or its beginning. Integers wrap at 64 bits.
    func adding(_ other: VQLValue) -> VQLValue {
        switch (self, other) {
        case (.null, _): return .null
        case (.string(let a), .string(let b)): return .string(a + b)
        case (.list(let a), .list(let b)): return .list(a + b)
        case (.list(let a), _): return .list(a + [other])
        case (_, .list(let b)): return .list([self] + b)
        case (.dictionary(let a), .dictionary(let b)):
            var members = a.row
            for (name, value) in b.row { members[name] = value }
            return .dict(members)
        default:
            guard let a = Number(self, booleans: false), let b = Number(other, booleans: false) else { return .null }
            return Number.combine(a, b, &+, +)
        }
    }

    /// `-`: numbers, with TRUE as 1; from a dictionary it takes the other's keys away.
    func subtracting(_ other: VQLValue) -> VQLValue {
        if case .dictionary(let a) = self, case .dictionary(let b) = other {
            let unwanted = Set(b.row.names)
            return .dict(VQLRow(a.row.filter { !unwanted.contains($0.name) }.map { ($0.name, $0.value) }))
        }
        guard let a = Number(self, booleans: true), let b = Number(other, booleans: true) else { return .null }
        return Number.combine(a, b, &-, -)
    }

    private static let longestRepetition = 100 << 20

    /// `*`: numbers, with TRUE as 1; a string with an integer on its right is repeated.
    func multiplied(by other: VQLValue) -> VQLValue {
        if case .string(let text) = self, let count = Number(other, booleans: false), case .integer(let times) = count {
            if text.isEmpty { return self }
            let wanted = max(times, 0).multipliedReportingOverflow(by: Int64(text.count))
            guard !wanted.overflow, wanted.partialValue <= Self.longestRepetition else { return .null }
            return .string(VQLString(bytes: Array(repeatElement(text.bytes, count: Int(max(times, 0))).joined())))
        }
        guard let a = Number(self, booleans: true), let b = Number(other, booleans: true) else { return .null }
        return Number.combine(a, b, &*, *)
    }

    /// `/`: always a double; NULL for a zero divisor, and for an integer 0 divided by a double.
    func divided(by other: VQLValue) -> VQLValue {
        guard let a = Number(self, booleans: true), let b = Number(other, booleans: true), b.double != 0 else {
            return .null
        }
        if case .integer(0) = a, b.isDouble { return .null }
        return .double(a.double / b.double)
    }
}
