// SPDX-License-Identifier: Apache-2.0

/// What matters only together with something else in the query, wherever the two stand.
///
/// A name means what it means to the caller of a LET, so nothing is safe for standing elsewhere.
struct OpenQuestions {
    /// Where a query runs in another organisation.
    private var organizations: [Reach] = []

    mutating func add(organization: Reach) {
        organizations.append(organization)
    }

    /// What turned out to matter, once everything was seen.
    func answers(after reaches: [Reach]) -> [Reach] {
        // Definitions are known of the request's own organisation only.
        reaches.contains { $0.kind == .artifact } ? organizations : []
    }
}
