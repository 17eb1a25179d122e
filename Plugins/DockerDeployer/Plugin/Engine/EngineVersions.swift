// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What an engine tells of itself.
struct EngineVersions: Sendable {
    /// Its name and version, for people.
    let text: String
    /// The oldest version of the API that it speaks.
    let oldest: APIVersion?
    /// As Go calls it: `amd64`, `arm64`.
    let architecture: String

    init(_ json: JSONValue) {
        let name = json["Components"]?.arrayValue?.first?["Name"]?.stringValue ?? "engine"
        text = "\(name) \(json["Version"]?.stringValue ?? "of unknown version")"
        oldest = json["MinAPIVersion"]?.stringValue.flatMap { APIVersion($0) }
        architecture = json["Arch"]?.stringValue ?? ""
    }
}
