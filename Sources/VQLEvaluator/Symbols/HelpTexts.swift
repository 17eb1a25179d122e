// SPDX-License-Identifier: Apache-2.0

/// What `help()` says of symbols and keywords. The server has longer texts; symbols without one here have none.
enum HelpTexts {
    static let keywords: [(name: String, description: String)] = [
        ("SELECT", "Begins a query: the columns to show."), ("FROM", "Names the plugin or query that gives the rows."),
        ("WHERE", "Keeps the rows for which an expression is true."),
        ("GROUP BY", "Gathers rows that have the same value; aggregate functions then count for each group."),
        ("ORDER BY", "Sorts by one column. DESC turns the order around."),
        ("LIMIT", "Ends the query after so many rows."), ("LET", "Stores a query or a value under a name."),
        ("AS", "Names a column."), ("EXPLAIN", "Runs a query and logs what it does."),
        ("AND", "True if both sides are. It binds less tightly than OR."),
        ("OR", "True if one side is. It binds more tightly than AND."), ("NOT", "True if what follows is not."),
        ("IN", "Whether a value is among those of a list."), ("NULL", "No value."), ("TRUE", "The truth value true."),
        ("FALSE", "The truth value false."),
    ]

    static func description(of name: String) -> String { texts[name] ?? "" }

    private static let texts = clients.merging(flows, uniquingKeysWith: { first, _ in first })
        .merging(control, uniquingKeysWith: { first, _ in first })
        .merging(values, uniquingKeysWith: { first, _ in first })
        .merging(machine, uniquingKeysWith: { first, _ in first })

    private static let clients = [
        "clients": "Lists the clients of the server, all or those that a search finds.",
        "client_info": "What the server knows of one client.",
        "client_metadata": "The metadata that was set on a client.",
        "client_set_metadata": "Sets metadata on a client.",
        "client_delete": "Removes a client with all that was collected from it.",
        "label": "Sets, removes or checks labels of a client.",
        "orgs": "Lists the organisations of the server.", "org": "The organisation that the query runs in.",
        "gui_users": "Lists users with their roles and rights.", "user": "One user with roles and rights.",
        "whoami": "The name of the user who runs the query.",
        "artifact_definitions": "Lists the artifacts that the server has, or those that are named.",
        "artifact_set": "Adds an artifact to the server, or replaces it.",
        "artifact_delete": "Removes an artifact that was added.",
    ]

    private static let flows = [
        "flows": "Lists the collections of a client, the oldest first.",
        "get_flow": "One collection of a client.", "flow_logs": "What a client logged while it collected.",
        "flow_results": "The rows that a collection gave for one artifact.",
        "source": "The rows of one artifact or source, from a flow, a hunt or a monitoring queue.",
        "uploads": "The files that a collection sent to the server.",
        "enumerate_flow": "The files that the server keeps of a collection.",
        "collect_client": "Collects artifacts on a client.",
        "cancel_flow": "Cancels a collection; it succeeds for those that are unknown or done, too.",
        "hunt": "Creates a hunt, which runs at once unless it is paused.", "hunts": "Lists hunts, in no order.",
        "hunt_info": "One hunt.", "hunt_flows": "The collections of a hunt.",
        "hunt_results": "The rows of a hunt for one artifact or source.",
        "hunt_update": "Starts or stops a hunt, or changes its description, expiry or tags.",
        "hunt_add": "Runs a hunt on one more client.", "hunt_delete": "Deletes a hunt with its results.",
        "watch_monitoring": "Waits for the rows of an event artifact.",
    ]

    private static let control = [
        "Artifact": "Runs an artifact inside the query.", "foreach": "Runs a query for every row of another.",
        "chain": "The rows of several queries, one after the other.", "if": "One of two values or queries.",
        "switch": "The rows of the first query that has some.", "query": "Runs a query in a scope of its own.",
        "range": "Numbers from start to end.", "scope": "One row: what is in scope.",
        "items": "A row for each member of a dictionary.", "flatten": "A row for each element of list cells.",
        "info": "What the machine that runs the query is.", "help": "Describes plugins, functions and keywords.",
        "clock": "A row at each interval.", "delay": "Holds rows back.", "log": "Writes a line into the query's log.",
    ]

    private static let values = [
        "count": "Counts rows.", "sum": "Adds up values.", "min": "The smallest value.", "max": "The largest value.",
        "enumerate": "Gathers values in a list.", "timestamp": "Makes a time of numbers or texts.",
        "now": "Seconds since 1970.", "format": "Fills values into a text.", "dict": "Makes a dictionary.",
        "array": "Makes a list.", "get": "A member of a value.", "set": "Changes a member of a dictionary.",
        "parse_json": "Reads an object from JSON.", "parse_json_array": "Reads a list from JSON.",
        "serialize": "Writes a value as JSON or YAML.", "split": "Parts a text.", "join": "Joins texts.",
        "int": "Makes a number of a text.", "str": "Makes a text of a value.", "len": "The length of a value.",
        "lowcase": "A text in lower case.", "upcase": "A text in upper case.", "filter": "Keeps elements of a list.",
        "regex_replace": "Replaces what a pattern finds.", "base64decode": "Decodes base64.",
        "base64encode": "Encodes as base64.", "humanize": "Writes numbers for people.",
    ]

    private static let machine = [
        "glob": "Finds files by a pattern.", "read_file": "Reads files.", "stat": "Describes a file.",
        "hash": "The digests of a file.", "pslist": "Lists running processes.", "netstat": "Lists sockets.",
        "execve": "Runs a program.", "http_client": "Sends a request to a web server.",
        "environ": "The variables of the process's environment.", "parse_csv": "Reads rows from CSV files.",
        "write_csv": "Writes rows to a CSV file.", "yara": "Searches files with YARA rules.",
        "upload": "Sends a file to the server.",
    ]
}
