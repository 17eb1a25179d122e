// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What plugins of the tests ask a person.
enum Questions {
    static let form: JSONValue = [
        "type": "object", "properties": ["name": ["type": "string"]], "required": ["name"],
    ]

    /// A plugin's result that asks for input.
    static let inputRequired: JSONValue = [
        "resultType": "input_required",
        "inputRequests": [
            "q": [
                "method": "elicitation/create",
                "params": ["mode": "form", "message": "Your name?", "requestedSchema": form],
            ]
        ],
        "requestState": "plugin state",
    ]
}
