// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Regular expressions in artifact parameters: case-insensitive and unanchored, as on a client.
enum RegularExpression {
    /// Whether `pattern` occurs in `text`. A pattern that cannot be read matches nothing, as on a client.
    static func search(_ pattern: String, in text: String) -> Bool {
        text.range(of: pattern, options: [.regularExpression, .caseInsensitive]) != nil
    }
}
