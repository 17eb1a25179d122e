// SPDX-License-Identifier: Apache-2.0

/// An id of a resource in a group, taken apart. Compared without case.
struct ResourceID: Sendable {
    let text: String
    let group: String
    /// `Microsoft.Compute/virtualMachines`.
    let type: String
    /// `vm` or `vault/secret`.
    let name: String

    /// - Parameter segments: those of the path, as `subscriptions`, ID, `resourceGroups`, NAME, `providers`, ….
    init?(_ segments: [String]) {
        guard segments.count >= 8, segments[0].lowercased() == "subscriptions",
            segments[2].lowercased() == "resourcegroups", segments[4].lowercased() == "providers"
        else { return nil }
        // Of an extension such as a role assignment the last provider counts.
        let last = segments.lastIndex { $0.lowercased() == "providers" } ?? 4
        let rest = Array(segments[(last + 2)...])
        guard rest.count >= 2, rest.count.isMultiple(of: 2) else { return nil }
        group = segments[3]
        type = segments[last + 1] + stride(from: 0, to: rest.count, by: 2).map { "/\(rest[$0])" }.joined()
        name = stride(from: 1, to: rest.count, by: 2).map { rest[$0] }.joined(separator: "/")
        text = "/" + segments.joined(separator: "/")
    }

    init?(_ text: String) { self.init(text.split(separator: "/").map(String.init)) }
}
