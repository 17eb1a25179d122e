// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Synchronization

/// A schema that is read at its first use, so that a start with many tools stays short.
final class CompiledSchema: Sendable {
    private let source: JSONValue
    private let compiled = Mutex<Result<JSONSchema, JSONSchemaError>?>(nil)

    init(_ source: JSONValue) {
        self.source = source
    }

    func schema() throws(JSONSchemaError) -> JSONSchema {
        let result = compiled.withLock { compiled in
            if let compiled { return compiled }
            let fresh = Result { () throws(JSONSchemaError) in try JSONSchema(source) }
            compiled = fresh
            return fresh
        }
        return try result.get()
    }
}
