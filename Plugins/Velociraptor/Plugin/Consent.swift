// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Asks the person behind the client, with what would happen. Throws where the person does not agree.
typealias Consent = @Sendable (String) async throws(MegaraptorError) -> Void

extension CallContext {
    /// Asks the person behind the client, where operations want that and the client can. Names the server where it is a
    /// deployment's.
    ///
    /// Where every change is confirmed, the host has asked already. A client that cannot ask has said in its arguments
    /// that it means it.
    /// - Throws: `permission_denied` where the person does not agree.
    func consent(to question: String) async throws(MegaraptorError) {
        guard confirmation == .destructive else { return }
        let answer: JSONValue
        do throws(MegaraptorError) {
            answer = try await elicit(
                ServerChoice.current.deployment.map { "On the server of deployment \($0): \(question)" } ?? question,
                schema: .object(.required("confirm", .boolean.described("Whether to do it.")))
            )
        } catch {
            guard error.code == .unsupported else { throw error }
            return
        }
        guard answer["action"] == "accept", answer["content"]?["confirm"] == true else {
            throw MegaraptorError(
                .permissionDenied,
                "The user did not agree. Nothing has been done.",
                hint: "Do not repeat the call unless the user asks for it."
            )
        }
    }
}
