// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The value with the members of all objects in the order of their names' bytes, so that its bytes do not depend on
    /// the order in which they were given.
    public var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(
                JSONObject(
                    object.map { ($0.key, $0.value.sorted) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
                )
            )
        default: self
        }
    }
}
