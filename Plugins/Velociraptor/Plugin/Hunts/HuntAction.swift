// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// What can be asked of a hunt.
enum HuntAction: String, Sendable, CaseIterable {
    case start, pause, stop, archive

    /// The states that show that the server did it. It ends a running hunt that is to be paused as a stopped one.
    var results: Set<String> {
        switch self {
        case .start: ["RUNNING"]
        case .pause: ["PAUSED", "STOPPED"]
        case .stop: ["STOPPED"]
        case .archive: ["ARCHIVED"]
        }
    }

    /// - Throws: `failed_precondition` where the hunt's state does not allow it.
    func check(_ hunt: HuntRecord) throws(MegaraptorError) {
        let refusal: (reason: String, hint: String)? =
            switch (self, hunt.state) {
            case (_, "ARCHIVED"), (_, "DELETED"): ("it is \(hunt.state)", "Create another hunt with create_hunt.")
            case (.start, "RUNNING"): ("it is running already", "list_hunt_flows shows its clients.")
            case (.start, _) where hunt.isExpired: ("it has expired", "Create another hunt with create_hunt.")
            case (.pause, "PAUSED"): ("it is paused already", "start lets it run.")
            case (.pause, "STOPPED"): ("it is stopped already, and takes in no client", "start lets it run again.")
            case (.stop, "STOPPED"): ("it is stopped already", "start lets it run again.")
            default: nil
            }
        guard let refusal else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The hunt \(hunt.id) cannot be changed by \(rawValue): \(refusal.reason). Nothing was sent.",
            hint: refusal.hint,
            details: ["hunt_id": .string(hunt.id), "state": .string(hunt.state)]
        )
    }

    /// Said of an action that the server takes and does not do.
    static func noArchive(_ id: String) -> MegaraptorError {
        MegaraptorError(
            .unsupported,
            "This server does not archive hunts any more: it takes the request and does nothing. Nothing was sent.",
            hint: """
                Use action stop, which ends \(VisibleText.escape(id)) and keeps its results. \
                Deleting a hunt with its results is a matter for an administrator.
                """
        )
    }
}
