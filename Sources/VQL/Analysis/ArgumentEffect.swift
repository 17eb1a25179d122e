// SPDX-License-Identifier: Apache-2.0

/// What an argument of a built-in adds to what the call does.
enum ArgumentEffect {
    /// VQL statements in a text, or `{ SELECT … }`.
    case statements
    /// The text of a lambda, or a list of them.
    case lambda
    /// The layout of a binary structure, in which lambdas can hide.
    case profile
    /// The name of an artifact that is loaded.
    case artifact
    /// The name of a member or variable, with dots.
    case memberPath
    /// Must be written out and be allowed, if it is there at all; else the call is worse.
    case limited(AllowedText, otherwise: QueryVerdict, String)
    /// Makes the call worse by being there.
    case worsens(QueryVerdict, String)
    /// One of these arguments must be there; the rule stands at the first.
    case needed([String], otherwise: String)

    typealias Rule = (argument: String, effect: ArgumentEffect)

    /// What it writes to files; anything else it gives as rows.
    private static let profileFiles: [Rule] = [
        "allocs", "block", "goroutine", "heap", "mutex", "profile", "trace",
    ].map { ($0, .worsens(.changes, "writes a file on the server")) }

    /// By the name of the function or plugin.
    static let rules: [String: [Rule]] = [
        "query": [
            ("query", .statements), ("exit", .lambda), ("runas", .worsens(.unknown, "runs as another user")),
        ],
        "atexit": [("query", .statements)],
        "eval": [("func", .lambda), ("args", .needed(["args"], otherwise: "hands every variable to its lambda"))],
        "filter": [("condition", .lambda)],
        "all": [("filter", .lambda)],
        "any": [("filter", .lambda)],
        "cache": [("lambda", .lambda), ("filename", .worsens(.changes, "writes a file on the server"))],
        "memoize": [("filename", .worsens(.changes, "writes a file on the server"))],
        "generate": [
            ("name", .worsens(.changes, "registers its rows under a name for the whole server")),
            ("with_file_buffer", .worsens(.changes, "makes a temporary file on the server")),
        ],
        "log": [
            // The server takes a level that it does not know for DEFAULT.
            (
                "level",
                .limited(
                    .word(["", "default", "debug", "error", "info", "warn", "warning"]),
                    otherwise: .changes,
                    "can raise an alert on the server"
                )
            )
        ],
        // A row of scope() has the server's own variables as columns.
        "foreach": [("column", .memberPath)],
        "regex_replace": [("replace_lambda", .lambda)],
        "batch": [("batch_func", .lambda)],
        "glob": [("recursion_callback", .lambda)],
        "client_set_metadata": [("modify", .lambda)],
        "process_tracker": [("enrichments", .lambda)],
        "process_tracker_tree": [("data_callback", .lambda)],
        "watch_etw": [("stop", .lambda)],
        "parse_binary": [("profile", .profile)],
        "import": [("artifact", .artifact)],
        "get": [
            ("member", .memberPath), ("field", .memberPath),
            (
                "member",
                .needed(["member", "field"], otherwise: "without a name hands out what it is given or all variables")
            ),
        ],
        // Older servers keep a definition that is checked. A name is for one that they have.
        "verify": [
            (
                "artifact",
                .limited(.name(""), otherwise: .changes, "can leave the definition that it checks in an older server")
            )
        ],
        // The client `server` stands for the server itself.
        "client_metadata": [
            (
                "client_id",
                .limited(
                    .name("C."),
                    otherwise: .readsServer,
                    "can read the server's metadata, which may hold secrets"
                )
            )
        ],
        "http_client": [
            (
                "method",
                .limited(
                    .word(["get", "head"]),
                    otherwise: .changes,
                    "can send a request that changes something elsewhere"
                )
            ),
            // `secret://name` is the same as the argument secret; what begins with `/` is a local socket.
            (
                "url",
                .limited(
                    .beginning(["http://", "https://", "/"]),
                    otherwise: .changes,
                    "can name a secret, which decides what the request does"
                )
            ),
            ("secret", .worsens(.changes, "lets a secret decide what the request does")),
            ("data", .worsens(.changes, "sends data to another machine")),
            ("files", .worsens(.changes, "sends data to another machine")),
            ("tempfile_extension", .worsens(.changes, "writes a file on the server")),
        ],
        "profile": profileFiles,
        "netcat": [("send", .worsens(.changes, "sends data to another machine"))],
        "server_metadata": [("metadata", .worsens(.changes, "changes the server's metadata"))],
        "user_messages": [("clear", .worsens(.changes, "deletes the messages of a user"))],
        "collect": [
            ("artifact_definitions", .worsens(.unknown, "runs code that hides in its definitions")),
            ("remapping", .worsens(.unknown, "runs code that hides in its configuration")),
        ],
    ]
}
