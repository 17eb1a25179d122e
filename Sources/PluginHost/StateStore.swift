// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest
internal import SystemPackage
internal import WholeFiles

/// Keeps a plugin's values, one file each, written whole or not at all.
struct StateStore: Sendable {
    let folder: String

    /// `{found, value?}`.
    func get(_ key: String) throws(MegaraptorError) -> JSONValue {
        let path = try file(for: key)
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly)
            let bytes = try descriptor.closeAfter { try descriptor.readToEnd() }
            return ["found": true, "value": try JSONValue(json: bytes)]
        } catch Errno.noSuchFileOrDirectory {
            return ["found": false]
        } catch {
            throw MegaraptorError(.internal, "The state file \(path) cannot be read.", cause: "\(error)")
        }
    }

    func put(_ key: String, _ value: JSONValue) throws(MegaraptorError) {
        let path = try file(for: key)
        do {
            try WholeFile.write(value.jsonBytes(), to: path.string)
        } catch {
            throw MegaraptorError(
                .internal,
                "The state file \(path) cannot be written.",
                hint: "Check the folder's space and permissions.",
                cause: "\(error)"
            )
        }
    }

    /// A key is a plain name, so that no key leaves the folder.
    private func file(for key: String) throws(MegaraptorError) -> FilePath {
        let plain = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard plain, !key.isEmpty, key.utf8.count <= 100 else {
            throw MegaraptorError(
                .invalidArgument,
                "The state key \"\(key)\" is not allowed.",
                hint: "Use 1 to 100 of the characters A-Z a-z 0-9 _ -."
            )
        }
        return FilePath("\(folder)/\(key).json")
    }
}
