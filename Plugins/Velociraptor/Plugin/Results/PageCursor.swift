// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Where a page ended, so that the next one can begin there.
///
/// All that is needed stands in the cursor itself, so it outlives this process. It belongs to one tool, its arguments and
/// the server that was asked, and it carries a mark of what was already returned: where that has changed meanwhile, going on would leave
/// a gap that nobody sees, so it is refused.
struct PageCursor: Sendable, Hashable {
    /// How many items were returned before.
    var offset: Int
    /// The mark of what was returned, in the way of the tool that made it.
    var print: String
    private let request: String

    init(request: String, offset: Int, print: String) {
        self.request = request
        self.offset = offset
        self.print = print
    }

    /// The mark of a tool and the arguments that decide what its rows are: not those that only shape a page.
    static func request(_ tool: String, _ arguments: [String?]) -> String {
        let server = ServerChoice.current.deployment.map { ["of \($0)"] } ?? []
        return Fingerprint(of: [tool] + server + arguments.map { $0.map { "=\($0)" } ?? "-" }).text
    }

    /// - Throws: `invalid_argument` where the text is no cursor, or one of another call.
    init?(token: String?, request: String) throws(MegaraptorError) {
        guard let token else { return nil }
        let fields = token.split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0] == "p1", let offset = Int(fields[2], radix: 36), offset >= 0 else {
            throw MegaraptorError(
                .invalidArgument,
                "The cursor is none of this server's.",
                hint: "Pass next_cursor of an earlier answer unchanged, or leave cursor out to begin anew."
            )
        }
        guard fields[1] == request else {
            throw MegaraptorError(
                .invalidArgument,
                "The cursor belongs to a call with other arguments, or to another server.",
                hint: """
                    Repeat the arguments of the call that gave it, connection too; only limit and max_result_bytes may \
                    differ.
                    """
            )
        }
        self.init(request: request, offset: offset, print: String(fields[3]))
    }

    var token: String { "p1.\(request).\(String(offset, radix: 36)).\(print)" }

    /// Called where what stands before the cursor is not what was returned.
    static var changed: MegaraptorError {
        MegaraptorError(
            .conflict,
            "The data changed since the page before: going on from this cursor would skip or repeat rows.",
            hint: "Begin anew without cursor; a larger max_result_bytes or a narrower request needs fewer pages."
        )
    }
}
