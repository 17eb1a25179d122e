// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// JSON, read as a value, as a schema, and held against itself.
struct SchemaTarget: FuzzTarget {
    let name = "json"

    let seeds: [[UInt8]] = [
        #"{"type":"object","properties":{"a":{"type":"string","pattern":"^(a|b)*$","format":"date-time"}}}"#,
        ##"{"$defs":{"x":{"anyOf":[{"const":1},{"enum":[1,2.5,"c"]}]}},"$ref":"#/$defs/x","not":{"type":"null"}}"##,
        #"{"type":"array","prefixItems":[{"minimum":1}],"items":{"multipleOf":0.1},"uniqueItems":true,"contains":{}}"#,
        #"{"if":{"required":["a"]},"then":{"minProperties":2},"else":false,"dependentRequired":{"a":["b"]}}"#,
        #"[1,-0.0,1e308,"\u00e9\ud83d\ude00",null,true,{"":[]}]"#,
    ].map { Array($0.utf8) }

    let words = [
        #""pattern":"(a*)*b""#, ##""$ref":"#""##, #""pattern":"[^a-z]{1,99}""#, #""allOf":["#, #""properties":{"#,
        #""minimum":"#, #""format":"uri""#, #""unevaluatedProperties":false"#, #""propertyNames":"#, "\\p{L}", "(?=a)",
    ]

    func run(_ bytes: [UInt8]) throws {
        let value: JSONValue
        do {
            value = try JSONValue(json: bytes)
        } catch {
            return
        }
        guard try JSONValue(json: value.jsonBytes()) == value else {
            throw BrokenPromise("written and read again it differs: \(value.json())")
        }
        do {
            _ = try JSONSchema(value).validate(value)
        } catch {
            return
        }
    }
}
