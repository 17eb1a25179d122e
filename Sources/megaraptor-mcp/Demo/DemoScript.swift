// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension DemoStep {
    /// An investigation as an assistant leads it: from the fleet to the one endpoint that stands out, from there to the
    /// others, and what is done about it.
    static let script = orientation + triage + hunt + response + limits

    private static let orientation: [DemoStep] = [
        .resource("What am I connected to, and what may I do?", "velociraptor://server-info"),
        .tool("Which workstations are there?", "list_clients", ["search": "host:ws-*", "limit": 5]),
        .tool(
            "A hunt has collected connections in finance. Which one?",
            "list_hunts",
            ["search": "finance"],
            keeps: [("finance", ["hunts", "0", "hunt_id"])]
        ),
        .tool(
            "Who talks to the outside there?",
            "get_hunt_results",
            [
                "hunt_id": "{finance}", "artifact": "Windows.Network.Netstat", "where": "Status = 'ESTAB'",
                "fields": ["Fqdn", "ClientId", "Name", "Pid", "Raddr.IP", "Raddr.Port"],
            ]
        ),
    ]

    private static let triage: [DemoStep] = [
        .tool(
            "edgeupdsvc.exe is not Edge. Have a first look at that endpoint, all at once",
            "triage_client",
            ["client_id": .string(suspect)],
            keeps: [("flow", ["flow_id"])]
        ),
        .tool(
            "Wait until it is done",
            "wait_for_flow",
            ["client_id": .string(suspect), "flow_id": "{flow}", "wait_seconds": 30]
        ),
        .tool(
            "What started it?",
            "get_flow_results",
            [
                "client_id": .string(suspect), "flow_id": "{flow}", "artifact": "Windows.System.Pslist",
                "where": "Pid IN (5584, 6120, 6388)",
                "fields": ["Pid", "Ppid", "Name", "CommandLine", "Hash.SHA256"],
            ],
            keeps: [("hash", ["rows", "2", "Hash.SHA256"])]
        ),
        .tool(
            "And how does it come back?",
            "get_flow_results",
            [
                "client_id": .string(suspect), "flow_id": "{flow}",
                "artifact": "Windows.System.TaskScheduler/Analysis", "where": "Command =~ 'edgeupd'",
                "fields": ["TaskName", "Command", "Arguments", "UserId", "Mtime"],
            ]
        ),
    ]

    private static let hunt: [DemoStep] = [
        .tool(
            "Is the same file elsewhere? Prepare a hunt for its hash; nothing runs yet",
            "create_hunt",
            [
                "artifacts": ["Generic.Detection.HashHunter"], "description": "edgeupdsvc.exe by its hash",
                "parameters": ["Generic.Detection.HashHunter": ["SHA256List": "{hash}"]], "os_filter": "windows",
            ],
            keeps: [("hunt", ["hunt_id"])]
        ),
        .tool("Start it", "modify_hunt", ["hunt_id": "{hunt}", "action": "start"]),
        .tool(
            "Who has answered?",
            "list_hunt_flows",
            ["hunt_id": "{hunt}"],
            until: { answer in
                let rows = answer["structuredContent"]?["flows"]?.arrayValue ?? []
                return rows.count >= 5 && rows.allSatisfy { $0["stage"] == "finished" }
            }
        ),
        .tool(
            "Where was it found?",
            "get_hunt_results",
            ["hunt_id": "{hunt}", "artifact": "Generic.Detection.HashHunter"],
            keeps: [("other", ["rows", "1", "ClientId"]), ("first", ["rows", "0", "ClientId"])]
        ),
    ]

    private static let response: [DemoStep] = [
        .tool(
            "Mark the endpoint for the colleagues",
            "label_client",
            ["client_id": .string(suspect), "labels": ["compromised"]]
        ),
        .tool(
            "Cut it off the network",
            "quarantine_client",
            ["client_id": .string(suspect), "message": "Please leave this computer on and call the help desk."]
        ),
    ]

    private static let limits: [DemoStep] = [
        .tool(
            "A query that would change something does not run by mistake",
            "run_vql",
            ["query": "SELECT * FROM hunt_delete(hunt_id='{hunt}', really_do_it=TRUE)"],
            expectsError: true
        ),
        .tool(
            "A slip in a query is an error with its reason, never an empty answer",
            "run_vql",
            ["query": "SELECT client_id FROM clients(serch='ws')"],
            expectsError: true
        ),
        .tool(
            "So is an endpoint that does not exist",
            "get_client_info",
            ["client_id": "C.00000000000000ff"],
            expectsError: true
        ),
    ]

    /// The endpoint in the lab where the intrusion began.
    static let suspect = "C.9a790a92c7d142d6"
}
