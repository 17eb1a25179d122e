// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// An output of the template. None of them is made of a secure parameter.
struct TemplateOutput: Sendable {
    let name: String
    let json: JSONValue

    /// - Parameter expression: without brackets.
    init(_ name: String, _ about: String, _ expression: String) {
        self.name = name
        json = [
            "type": "string", "value": .string("[\(expression)]"), "metadata": ["description": .string(about)],
        ]
    }
}
