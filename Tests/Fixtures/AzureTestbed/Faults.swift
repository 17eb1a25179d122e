// SPDX-License-Identifier: Apache-2.0

/// What goes wrong on purpose.
public struct Faults: Sendable {
    /// A connection that breaks.
    public struct Cut: Sendable {
        /// Which changing request, from 1 on.
        public var change: Int
        /// Whether the change takes place before the connection breaks.
        public var isAfter: Bool

        public init(change: Int, isAfter: Bool) {
            self.change = change
            self.isAfter = isAfter
        }
    }

    /// Resources that cannot be made: the end of their id, in lower case, and Azure's code.
    public var failing: [String: String] = [:]
    /// How many of the next requests are answered with 429.
    public var throttled = 0
    /// What `Retry-After` says then.
    public var retryAfter = "0"
    public var cut: Cut?
    /// Whether deployments stand still.
    public var isHung = false
    /// Whether what is deployed softly in a Recovery Services vault stays for a while.
    public var keepsDeletedBackups = false
    /// Whether a template's check goes on after its answer.
    public var checksLater = false
    /// Whether lists still show what has gone.
    public var listsLag = false
    /// The ends of ids, in lower case, that lists leave out.
    public var unlisted: [String] = []
    /// What somebody else than Azure answers at the address of the instance metadata.
    public var metadata: (status: Int, text: String)?
    /// Answered in the place of Resource Manager by something that stands before it.
    public var proxy: (status: Int, text: String)?
    /// Answered to the next change in place of doing it: status, code and message.
    public var refusal: (status: Int, code: String, message: String)?

    public init() {}
}
