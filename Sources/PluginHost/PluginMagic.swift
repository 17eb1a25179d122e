// SPDX-License-Identifier: Apache-2.0

package import CMegaraptorABI
internal import JSONValue
package import MegaraptorErrors

/// Compares what a library says of itself with what the host and the manifest expect, field by field.
package enum PluginMagic {
    /// What every plugin must have.
    package static func check(_ plugin: mr_plugin, path: String) throws(MegaraptorError) {
        // The size in contract 1.0. Later hosts must go on taking plugins that know no later members.
        let whole: UInt32 = 96
        guard plugin.struct_size >= whole else {
            throw mismatch(
                path,
                "struct_size",
                "\(plugin.struct_size)",
                "at least \(whole)",
                "The plugin filled less than this host needs: rebuild it against the current megaraptor_plugin.h."
            )
        }
        try require(path, "magic", plugin.magic, MR_ABI_MAGIC, "Set it to MR_ABI_MAGIC: as it is this is no plugin.")
        try require(path, "abi_major", plugin.abi_major, MR_ABI_MAJOR, "Rebuild the plugin against this host's header.")
        guard plugin.min_host_minor <= MR_ABI_MINOR else {
            throw mismatch(
                path,
                "min_host_minor",
                "\(plugin.min_host_minor)",
                "at most \(MR_ABI_MINOR)",
                "The plugin needs a newer host: update megaraptor-mcp."
            )
        }
        guard plugin.invoke != nil, plugin.activate != nil, plugin.cancel != nil, plugin.deactivate != nil else {
            throw mismatch(path, "functions", "NULL", "activate, invoke, cancel and deactivate", "Fill every function.")
        }
    }

    /// What must equal the manifest.
    package static func check(_ plugin: mr_plugin, id: String, version: String, path: String) throws(MegaraptorError) {
        let hint = "Manifest and code must carry the same id and version."
        try require(path, "id", text(plugin.id), id, hint)
        try require(path, "version", text(plugin.version), version, hint)
    }

    /// What a manifest asks of the host.
    package static func check(minimumHost: Int, folder: String) throws(MegaraptorError) {
        guard minimumHost <= Int(MR_ABI_MINOR) else {
            throw mismatch(
                folder,
                "min_host",
                "\(minimumHost)",
                "at most \(MR_ABI_MINOR)",
                "The plugin needs a newer host: update megaraptor-mcp."
            )
        }
    }

    private static func require<Value: Equatable>(
        _ path: String,
        _ field: String,
        _ found: Value,
        _ wanted: Value,
        _ hint: String
    ) throws(MegaraptorError) {
        guard found == wanted else { throw mismatch(path, field, "\(found)", "\(wanted)", hint) }
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }

    private static func mismatch(
        _ path: String,
        _ field: String,
        _ found: String,
        _ wanted: String,
        _ hint: String
    ) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The plugin \(path) does not fit: \(field) is \(found), expected \(wanted).",
            hint: hint,
            details: ["field": .string(field), "found": .string(found), "expected": .string(wanted)]
        )
    }
}
