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
    /// Must be one of these texts, if it is there at all.
    case oneOf([String], otherwise: String)
    /// Makes the call worse by being there.
    case worsens(QueryVerdict, String)
    /// One of these arguments must be there; the rule stands at the first.
    case needed([String], otherwise: String)

    typealias Rule = (argument: String, effect: ArgumentEffect)

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
        "generate": [("with_file_buffer", .worsens(.changes, "makes a temporary file on the server"))],
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
        "http_client": [
            ("method", .oneOf(["GET", "HEAD"], otherwise: "sends a request that can change something elsewhere")),
            ("data", .worsens(.changes, "sends data to another machine")),
            ("files", .worsens(.changes, "sends data to another machine")),
            ("tempfile_extension", .worsens(.changes, "writes a file on the server")),
        ],
        "netcat": [("send", .worsens(.changes, "sends data to another machine"))],
        "server_metadata": [("metadata", .worsens(.changes, "changes the server's metadata"))],
        "user_messages": [("clear", .worsens(.changes, "deletes the messages of a user"))],
        "collect": [
            ("artifact_definitions", .worsens(.unknown, "runs code that hides in its definitions")),
            ("remapping", .worsens(.unknown, "runs code that hides in its configuration")),
        ],
    ]
}
