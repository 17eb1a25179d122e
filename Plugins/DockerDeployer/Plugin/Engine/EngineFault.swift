// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// What engines say when something fails, and what that means here.
enum EngineFault {
    static func error(_ status: Int, _ body: [UInt8], _ method: String, _ path: String) -> MegaraptorError {
        let said = words(body)
        let (code, hint) = meaning(status, said)
        return MegaraptorError(code, "The engine refused \(method) \(path): \(said)", hint: hint)
    }

    /// The engine's own message; some of its faults, and those of what stands before it, are no JSON but plain text.
    private static func words(_ body: [UInt8]) -> String {
        do {
            if let message = try JSONValue(json: body)["message"]?.stringValue { return message }
        } catch {
            // Told as it came.
        }
        return String(decoding: body.prefix(500), as: UTF8.self)
    }

    /// Words count before the number: podman answers 500 to much that Docker gives a status of its own.
    static func meaning(_ status: Int, _ words: String) -> (MegaraptorError.Code, hint: String) {
        let words = words.lowercased()
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("port is already allocated", "address already in use", "ports are not available") {
            return (.conflict, "Another program has that port: give the deployment another, or end that program.")
        }
        if says("is already in use", "already exists") { return (.conflict, "") }
        if says("no space left") { return (.resourceExhausted, "Make room on the engine's disk.") }
        switch status {
        case 400: return (.invalidArgument, "")
        case 401, 403: return (.permissionDenied, "")
        case 404: return (.notFound, "")
        case 409: return (.conflict, "")
        case 503: return (.unavailable, "")
        default: return (.failedPrecondition, "")
        }
    }
}
