// SPDX-License-Identifier: Apache-2.0

/// Before what operations want a person to be asked.
///
/// The host itself asks before tools whose manifest calls them destructive. A tool that is so only for some arguments
/// (`asksFirst: false`) asks by ``CallContext/elicit(_:schema:)`` when this says so.
public enum Confirmation: String, Sendable, CaseIterable {
    case never
    /// Before what may destroy something.
    case destructive
    /// Before everything that changes something.
    case everyChange = "every-change"
}
