// SPDX-License-Identifier: Apache-2.0

/// Why a value or a name can not be written as VQL.
public enum VQLLiteralError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The language has no notation for infinities and NaN.
    case notFinite
    /// A name that is empty or has a backtick or backslash in it.
    case unwritableName(String)
    case duplicateKey(String)

    public var description: String {
        switch self {
        case .notFinite: "VQL has no notation for a number that is not finite"
        case .unwritableName(let name) where name.isEmpty: "an empty name can not be written in VQL"
        case .unwritableName(let name):
            "the name \(GoQuotation.quote(name)) can not be written in VQL, which has no escape for backticks and"
                + " backslashes in names"
        case .duplicateKey(let key): "the key \(GoQuotation.quote(key)) stands twice in a dictionary"
        }
    }
}
