// SPDX-License-Identifier: Apache-2.0

package import JSONValue

/// Why a tool without code cannot be used as its manifest has it.
package struct VQLToolFault: Sendable, Hashable, Error, CustomStringConvertible {
    /// Where in the tool's entry of the manifest.
    package var pointer: JSONPointer
    package var message: String
    /// What to do.
    package var hint: String
    /// Where in the query, both from 1; `nil` where it is about more than a place.
    package var line: Int?
    package var column: Int?

    package var description: String {
        guard let line, let column else { return "\(message) \(hint)" }
        return "line \(line), column \(column) of the query: \(message) \(hint)"
    }
}
