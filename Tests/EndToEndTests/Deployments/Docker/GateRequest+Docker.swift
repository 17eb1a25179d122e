// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension GateRequest {
    /// What a container engine is to change, without the API's version, the query and ids; with the folder that an archive
    /// is for, or the name in the body.
    var dockerWords: String? {
        guard method != "GET", method != "HEAD" else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1)
        let names = parts[0].split(separator: "/").dropFirst().map { name in
            name.count == 64 && name.allSatisfy(\.isHexDigit) ? "ID" : String(name)
        }
        let folder = parts.dropFirst().first.flatMap { query in query.hasPrefix("path=") ? query.dropFirst(5) : nil }
        let name = (try? JSONValue(json: rest))?["Name"]?.stringValue.map { $0[...] }
        return "\(method) /\(names.joined(separator: "/"))\((folder ?? name).map { " \($0)" } ?? "")"
    }
}
