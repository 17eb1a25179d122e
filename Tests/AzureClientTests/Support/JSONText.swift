// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

/// The parts of a signed statement.
enum JSONText {
    static func bytes(_ text: String) throws -> [UInt8] {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return try #require(Base64.decode(Array((text + padding).utf8), .url))
    }

    static func decoded(_ text: String) throws -> JSONValue {
        try JSONValue(json: try bytes(text))
    }
}
