// SPDX-License-Identifier: Apache-2.0

package import VQL

/// Something about a query that its author should know before it runs.
package struct VQLFinding: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable {
        /// The server refuses it, or the value is never what was meant.
        case error
        /// It runs, but perhaps not as meant.
        case warning
    }

    package var severity: Severity
    package var message: String
    package var hint: String
    /// `nil` where it is about the whole query.
    package var position: SourcePosition?

    package init(severity: Severity, message: String, hint: String, position: SourcePosition?) {
        self.severity = severity
        self.message = message
        self.hint = hint
        self.position = position
    }
}
