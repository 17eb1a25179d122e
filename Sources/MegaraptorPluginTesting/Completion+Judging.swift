// SPDX-License-Identifier: Apache-2.0

package import JSONValue
package import MegaraptorErrors

extension Completion {
    /// The method's JSON object, or the plugin's failure.
    /// - Throws: inside the result `internal` where the completion itself breaks the contract, else the plugin's error.
    package func result() -> Result<JSONValue, MegaraptorError> {
        if let fault { return .failure(MegaraptorError(.internal, "The plugin broke the contract: it \(fault).")) }
        do {
            let json = try JSONValue(json: bytes)
            guard status != 0 else { return .success(json) }
            return .failure(MegaraptorError(json: json) ?? MegaraptorError(.internal, "The call failed."))
        } catch {
            return .failure(MegaraptorError(.internal, "The plugin answered what is no JSON: \(error)."))
        }
    }

    /// How the completion breaks the contract, as the rest of a sentence that begins with the plugin; `nil` where it
    /// does not.
    package var fault: String? {
        let json: JSONValue
        do {
            json = try JSONValue(json: bytes, depthLimit: JSONValue.greatestDepthLimit)
        } catch {
            return "completed with status \(status) and what is no JSON (\(error))"
        }
        guard json.objectValue != nil else { return "completed with \(json.typeName) instead of an object" }
        guard status != 0 else { return nil }
        guard let code = MegaraptorError.Code(rawValue: status) else {
            return "failed with the status \(status), which there is not"
        }
        guard let error = MegaraptorError(json: json) else {
            return "failed with status \(status) and without {code, message}"
        }
        return error.code == code ? nil : "failed with the status of \(code.name) and the code \(error.code.name)"
    }
}
