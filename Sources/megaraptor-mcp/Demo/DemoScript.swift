// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension DemoStep {
    /// What the demo's assistant asks: from the fleet to the one endpoint that stands out, and what happens on mistakes.
    static let script: [DemoStep] = [
        .resource("What am I connected to?", "velociraptor://server-info"),
        .tool("Which endpoints are there?", "list_clients", ["limit": 20]),
        .tool("Which endpoints were labelled as suspicious?", "list_clients", ["search": "label:suspicious"]),
        .tool(
            "How many endpoints run each operating system?",
            "run_vql",
            ["query": "SELECT os_info.system AS OS, count() AS Count FROM clients() GROUP BY OS"]
        ),
        .tool(
            "A value with a quote in it stays a value",
            "run_vql",
            [
                "query": "SELECT client_id, os_info.hostname AS Host FROM clients(search=Search)",
                "env": ["Search": "host:x') SELECT * FROM info("],
            ]
        ),
        .tool(
            "A slip in a query is an error with its place, not an empty answer",
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
}
