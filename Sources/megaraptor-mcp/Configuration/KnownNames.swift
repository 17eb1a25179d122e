// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

/// The names that a command takes, for completion in a shell and for those who have slipped.
enum KnownNames {
    static var plugins: [String] { offer?.discovery.manifests.map(\.id) ?? [] }
    static var toolsets: [String] { Set(offer?.discovery.manifests.flatMap { $0.toolsets.map(\.name) } ?? []).sorted() }
    static var tools: [String] { offer?.catalog.decisions.map(\.tool.name) ?? [] }

    /// What is offered without flags; a shell that completes has nobody to tell a fault.
    private static var offer: HostOffer? {
        do {
            return try HostOffer(HostSettings(), RunningProgram.environment)
        } catch {
            return nil
        }
    }

    static func refusal(_ kind: String, _ name: String, among known: [String], _ command: String) -> MegaraptorError {
        let guess = Spelling.nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
        return MegaraptorError(
            .notFound,
            "There is no \(kind) \"\(name)\".",
            hint: "\(guess)megaraptor-mcp \(command) shows what there is."
        )
    }
}
