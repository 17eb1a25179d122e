// SPDX-License-Identifier: Apache-2.0

extension SymbolTable {
    /// Names that somebody may have meant by a name that does not exist, the likeliest first.
    ///
    /// Likely are names that differ in few letters, whatever their case, and names that contain it.
    public static func nearestNames(to name: String, _ kind: Kind, limit: Int = 3) -> [String] {
        nearest(to: name, among: names(kind), limit: limit)
    }

    /// The same for any names: arguments of a symbol, artifacts, columns.
    public static func nearest(to name: String, among names: [String], limit: Int = 3) -> [String] {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        guard !wanted.isEmpty else { return [] }
        let candidates = names.compactMap { candidate -> (distance: Int, name: String)? in
            let text = Array(candidate.lowercased().utf8)
            let distance = EditDistance.between(wanted, text)
            if distance <= max(1, wanted.count / 3), distance < wanted.count { return (distance, candidate) }
            let isPart = wanted.count >= 3 && candidate.lowercased().contains(name.lowercased())
            return isPart ? (distance + wanted.count, candidate) : nil
        }
        return candidates.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
    }
}
