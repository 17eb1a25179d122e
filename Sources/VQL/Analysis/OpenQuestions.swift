// SPDX-License-Identifier: Apache-2.0

/// What matters only together with something else in the query, wherever the two stand.
///
/// A name means what it means to the caller of a LET, so nothing is safe for standing elsewhere.
struct OpenQuestions {
    /// Where a query runs in another organisation.
    private var organizations: [Reach] = []
    /// Where a value is called Artifact, as columns are too.
    private var artifactValues: [Reach] = []
    /// Whether something may take a member of a value by a text, or call a value after FROM.
    var mayCallValues = false

    mutating func add(organization: Reach) {
        organizations.append(organization)
    }

    mutating func add(artifactValue: Reach) {
        artifactValues.append(artifactValue)
    }

    /// What turned out to matter, once everything was seen.
    func answers(after reaches: [Reach]) -> [Reach] {
        // Only a call after FROM runs an artifact: `LET a = Artifact SELECT * FROM a.Custom.X()`.
        (mayCallValues ? artifactValues : [])
            // Definitions are known of the request's own organisation only.
            + (reaches.contains { $0.kind == .artifact } ? organizations : [])
    }
}
