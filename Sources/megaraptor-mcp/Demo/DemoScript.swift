// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension DemoStep {
    /// What the demo's assistant asks: from the fleet to the one endpoint that stands out, and what mistakes look like.
    static let script = orientation + investigation + mistakes

    private static let orientation: [DemoStep] = [
        .resource("What am I connected to, and what may I do?", "velociraptor://server-info"),
        .tool("Which endpoints are there?", "list_clients", ["search": "host:ws-*", "limit": 5]),
        .tool(
            "How many endpoints run each operating system?",
            "run_vql",
            ["query": "SELECT os_info.system AS OS, count() AS Count FROM clients() GROUP BY OS"]
        ),
    ]

    private static let investigation: [DemoStep] = [
        .tool(
            "A hunt has collected connections in finance. Who talks to the outside?",
            "run_vql",
            [
                "query": """
                SELECT Fqdn, ClientId, Name, Pid, `Raddr.IP` AS Remote, `Raddr.Port` AS Port
                FROM foreach(row={ SELECT hunt_id FROM hunts() WHERE hunt_description =~ Topic },
                query={ SELECT * FROM hunt_results(hunt_id=hunt_id, artifact='Windows.Network.Netstat') })
                WHERE Status = 'ESTAB'
                """,
                "env": ["Topic": "finance"],
            ]
        ),
        .tool(
            "edgeupdsvc.exe is not Edge. Which endpoint is that?",
            "get_client_info",
            ["client_id": .string(suspect)]
        ),
        .tool(
            "What started it there?",
            "run_vql",
            [
                "query": """
                SELECT Pid, Ppid, Name, Username, CommandLine
                FROM foreach(row={ SELECT session_id FROM flows(client_id=ClientId)
                WHERE 'Windows.System.Pslist' IN artifacts_with_results },
                query={ SELECT * FROM source(client_id=ClientId, flow_id=session_id, artifact='Windows.System.Pslist') })
                WHERE Pid IN Chain
                """,
                "env": ["ClientId": .string(suspect), "Chain": [5584, 6120, 6388]],
            ]
        ),
        .tool(
            "And how does it come back?",
            "run_vql",
            [
                "query": """
                SELECT TaskName, Command, Arguments
                FROM foreach(row={ SELECT session_id FROM flows(client_id=ClientId)
                WHERE 'Windows.System.TaskScheduler/Analysis' IN artifacts_with_results },
                query={ SELECT * FROM source(client_id=ClientId, flow_id=session_id,
                artifact='Windows.System.TaskScheduler/Analysis') })
                WHERE Command =~ Program
                """,
                "env": ["ClientId": .string(suspect), "Program": "edgeupdsvc"],
            ]
        ),
    ]

    private static let mistakes: [DemoStep] = [
        .tool(
            "A value with a quote in it stays a value",
            "list_clients",
            ["search": "host:x') SELECT * FROM info("]
        ),
        .tool(
            "A slip in a query is an error with its reason, never an empty answer",
            "run_vql",
            ["query": "SELECT client_id FROM clientz()"],
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
    private static let suspect = "C.9a790a92c7d142d6"
}
