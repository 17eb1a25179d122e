// SPDX-License-Identifier: Apache-2.0

/// What built-ins do, in words for the person who decides.
enum SymbolEffects {
    static func effect(of name: String) -> String {
        effects[name] ?? "changes something on the server or on endpoints"
    }

    static func revealed(by name: String) -> String {
        revelations[name] ?? "reads the server's own machine"
    }

    private static let effects: [String: String] = [
        "execve": "runs a command on the server",
        "shell_session": "opens a shell on the server",
        "shell_session_control": "sends input to a shell on the server",
        "pskill": "kills a process on the server",
        "killkillkill": "stops a client",
        "panic": "crashes the server",
        "rm": "deletes a file on the server",
        "write_file": "writes a file on the server",
        "write_csv": "writes a file on the server",
        "write_jsonl": "writes a file on the server",
        "write_crypto_file": "writes a file on the server",
        "copy": "copies a file on the server",
        "tempfile": "writes a temporary file on the server",
        "tempdir": "makes a temporary folder on the server",
        "unzip": "unpacks files on the server",
        "sqlite": "runs SQL on a file of the server, which may write",
        "sql": "runs SQL on a database, which may write",
        "collect_client": "starts a collection on an endpoint",
        "hunt": "starts a hunt over endpoints",
        "hunt_add": "adds an endpoint to a hunt",
        "hunt_update": "starts, stops or alters a hunt",
        "hunt_delete": "deletes a hunt and its results",
        "cancel_flow": "cancels a collection",
        "delete_flow": "deletes a collection and its results",
        "delete_events": "deletes recorded events",
        "client_delete": "deletes a client and all its results",
        "client_create": "makes a client record",
        "client_set_metadata": "changes the metadata of a client",
        "label": "changes the labels of a client",
        "artifact_set": "defines an artifact",
        "artifact_delete": "deletes an artifact",
        "add_client_monitoring": "makes clients run an event artifact",
        "add_server_monitoring": "makes the server run an event artifact",
        "collect": "collects artifacts on the server's own machine",
        "alert": "raises an alert",
        "mail": "sends mail",
        "rsyslog": "sends a message to a syslog server",
        "netcat": "sends data from the server over the network",
        "upload": "stores a file with the collection",
        "user_create": "makes a user or changes its rights",
        "user_grant": "changes the rights of a user",
        "user_delete": "deletes a user",
        "passwd": "changes a password",
        "org_create": "makes an organisation",
        "org_delete": "deletes an organisation and all its data",
        "remap": "changes how the query reaches files",
        "secret_add": "stores a secret on the server",
        "server_set_metadata": "changes the server's metadata",
        "send_event": "sends an event to the server",
        "backup_restore": "restores the server from a backup",
    ]

    private static let revelations: [String: String] = [
        "orgs": "shows the secrets with which clients enrol",
        "org": "shows the secret with which clients enrol",
        "secrets": "lists the server's secrets",
        "server_metadata": "reads the server's metadata, which may hold secrets",
        "server_frontend_cert": "reads the server's certificate",
        "environ": "reads the server's environment",
        "expand": "reads the server's environment",
        "host": "asks the network's name servers",
        "info": "reads about the server's machine",
        "pslist": "reads the server's processes",
        "netstat": "reads the server's connections",
        "logging": "reads the server's log",
    ]
}
