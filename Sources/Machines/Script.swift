// SPDX-License-Identifier: Apache-2.0

/// What a shell is given.
package struct Script: Sendable {
    /// Everybody on the machine can see it: never a secret in it.
    package var text: String
    /// The place for secrets.
    package var input: [UInt8] = []
    package var outputLimit = 1 << 20
    package var timeLimit: Duration = .seconds(60)

    package init(_ text: String, input: [UInt8] = [], outputLimit: Int = 1 << 20, timeLimit: Duration = .seconds(60)) {
        self.text = text
        self.input = input
        self.outputLimit = outputLimit
        self.timeLimit = timeLimit
    }

    /// What every script begins with: a user who is not root has no path to the tools of root, messages are to be in
    /// one language, and what is made is nobody else's business.
    package static let preamble =
        "PATH=\"$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"; export PATH\n"
        + "LC_ALL=C; export LC_ALL\numask 077\n"

    /// The shell's function `sum`: the SHA-256 of its input. A Mac has another tool for it than Linux.
    package static let sum =
        "sum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }"

    /// The shell's function `say`: tells a fact by name and value, as ``ScriptResult/facts`` takes them.
    package static let say = #"say() { printf '%s\t%s\n' "$1" "$2"; }"#
}
