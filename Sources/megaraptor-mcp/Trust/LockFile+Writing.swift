// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust
import WholeFiles
import YAMLSource

extension LockFile {
    /// Puts the pins in the place of those in the file, sorted by id.
    func write() throws(MegaraptorError) {
        let entries = pins.sorted { $0.key < $1.key }.map { JSONValue.object($0.value) }
        do {
            let text = Self.heading + YAMLEmitter.text(for: ["plugins": .array(entries)])
            try WholeFile.write(text.utf8, to: path)
        } catch {
            throw MegaraptorError(
                .internal,
                "The lock file \(path) cannot be written.",
                hint: "Check its folder's space and permissions.",
                cause: "\(error)"
            )
        }
    }

    private static let heading = """
        # Plugins that this host may open, each as it was when somebody trusted it.
        # Written by `megaraptor-mcp plugins trust ID`; `megaraptor-mcp plugins untrust ID` takes one out.
        # A plugin that is not as it stands here is refused.

        """
}
