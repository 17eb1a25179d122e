// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The sources of a flow or hunt: `Artifact`, or `Artifact/Source` where an artifact has several.
struct EvidenceSources: Sendable, Hashable {
    struct Source: Sendable, Hashable {
        var name: String
        /// `nil` where the server does not say.
        var rows: Int?
    }

    /// Those with rows, or that may have some.
    var available: [Source]
    /// The artifacts that were asked for.
    var requested: [String]

    /// What to show for what a caller named.
    enum Choice: Sendable, Hashable {
        case source(Source)
        /// Several are meant: the caller has to choose.
        case several([Source])
        /// It was collected, but has no rows.
        case empty(String)
        /// Nothing has any rows.
        case nothing
    }

    /// - Parameter artifact: a name, with or without its source; `nil` for whatever there is.
    /// - Throws: `not_found` where it is none of this flow's or hunt's.
    func choose(_ artifact: String?) throws(MegaraptorError) -> Choice {
        guard let artifact else {
            return switch available.count {
            case 0: .nothing
            case 1: .source(available[0])
            default: .several(available)
            }
        }
        if let exact = available.first(where: { $0.name == artifact }) { return .source(exact) }
        let parts = available.filter { $0.name.hasPrefix(artifact + "/") }
        if parts.count == 1 { return .source(parts[0]) }
        if parts.count > 1 { return .several(parts) }
        let base = artifact.split(separator: "/").first.map(String.init) ?? artifact
        if requested.contains(base) { return .empty(artifact) }
        throw unknown(artifact)
    }

    private func unknown(_ artifact: String) -> MegaraptorError {
        let names = available.map(\.name) + requested
        let nearest = Spelling.nearest(to: artifact, among: names).map { "Did you mean \($0)? " } ?? ""
        let list = available.map(\.name).joined(separator: ", ")
        return MegaraptorError(
            .notFound,
            "\(VisibleText.escape(artifact)) was not collected there.",
            hint: VisibleText.escape(
                nearest + (list.isEmpty ? "Collected: \(requested.joined(separator: ", "))." : "There are: \(list).")
            )
        )
    }

    /// The sources that a collection's statistics name, with their rows, in the order of the names.
    ///
    /// - Parameter statistics: pairs of the names that a query answered with and how many rows it gave.
    static func count(_ statistics: some Sequence<(names: [String], rows: Int)>) -> [String: Int] {
        var counts: [String: Int] = [:]
        for (names, rows) in statistics where rows > 0 {
            for name in names { counts[name, default: 0] += rows }
        }
        return counts
    }
}
