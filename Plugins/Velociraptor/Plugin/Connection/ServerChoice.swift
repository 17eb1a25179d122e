// SPDX-License-Identifier: Apache-2.0

/// Which server a call is about.
enum ServerChoice: Sendable, Hashable {
    /// The one that operations configured.
    case configured
    /// That of a deployment, by its id.
    case deployment(String)
    /// The one that an API client file describes, by its absolute path.
    case file(String)

    /// The choice of the call that the current task works for. Its child tasks have it too.
    @TaskLocal static var current: ServerChoice = .configured

    /// The deployment's id; `nil` for any other choice.
    var deployment: String? {
        if case .deployment(let id) = self { id } else { nil }
    }

    /// Where what a call tells comes from, as a sentence; `nil` where that goes without saying.
    static var origin: String? {
        current.deployment.map { "From the server of deployment \($0)." }
    }
}
