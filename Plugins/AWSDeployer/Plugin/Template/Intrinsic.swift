// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// CloudFormation's functions in their long form, which JSON and YAML share.
enum Intrinsic {
    static func ref(_ name: String) -> JSONValue { ["Ref": .string(name)] }

    static func attribute(_ resource: String, _ name: String) -> JSONValue {
        ["Fn::GetAtt": [.string(resource), .string(name)]]
    }

    static func sub(_ text: String) -> JSONValue { ["Fn::Sub": .string(text)] }
}
