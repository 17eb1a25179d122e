// SPDX-License-Identifier: Apache-2.0

extension Identifier {
    /// The name as the server understands it in an alias, a LET, an argument or a member after a call.
    ///
    /// There the text between backticks goes through Go's unquoting: `` `a\nb` `` has a newline. For a symbol that is
    /// read the backslashes stay, see ``name``.
    public var unquotedName: String {
        name
    }
}
