// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// What is said of a client that the server does not know.
enum UnknownClient {
    static func error(_ id: String, _ organization: String?) -> MegaraptorError {
        MegaraptorError(
            .notFound,
            "There is no client \(VisibleText.escape(id)) in organisation \(organization ?? "root").",
            hint:
                "Use list_clients to find the ids of clients, by host name for example; list_orgs names organisations."
        )
    }
}
