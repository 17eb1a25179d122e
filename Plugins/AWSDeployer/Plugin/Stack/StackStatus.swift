// SPDX-License-Identifier: Apache-2.0

/// How a stack is, in CloudFormation's words.
struct StackStatus: Sendable, Hashable, CustomStringConvertible {
    let name: String

    init(_ name: String) { self.name = name }

    var description: String { name }

    /// Something goes on that is not decided. What is only being cleaned up is decided.
    var isUnderWay: Bool { name.hasSuffix("_IN_PROGRESS") && !isCleaningUp && name != "REVIEW_IN_PROGRESS" }

    /// What an update replaced is being removed: the stack stands, and takes no other update yet.
    var isCleaningUp: Bool { name.contains("CLEANUP") }

    var isDeleting: Bool { name == "DELETE_IN_PROGRESS" }
    var isDeleted: Bool { name == "DELETE_COMPLETE" }

    /// Its resources are there as one of its templates says, and it takes an update.
    var isStanding: Bool {
        ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"].contains(name)
            || isCleaningUp
    }

    /// Its creation came to nothing: it takes no update, and can only be deleted.
    var isFailedCreation: Bool {
        ["CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS"].contains(name)
    }

    /// The latest update came to nothing, and the stack is as before.
    var hasGoneBack: Bool { name.hasPrefix("UPDATE_ROLLBACK_COMPLETE") }

    /// It could not even go back, and waits to be told to go on with that.
    var isStuck: Bool { name == "UPDATE_ROLLBACK_FAILED" }
}
