# SPDX-License-Identifier: Apache-2.0
"""The way of the Python project whose tools this project took over, for two of its tools.

It goes to the server as that one does: values are pasted into the query, no rows per message are asked for, so that every
row is a message of its own, the log is not read, and the handlers wait in the event loop. Only the name that the server's
certificate has is added, without which nothing of it reaches a server.
"""

import json
from typing import Any

from rows import RowSource

try:
    from mcp.server import MCPServer as Server
except ImportError:  # The name before 2.0.
    from mcp.server.fastmcp import FastMCP as Server

TIMEOUT_SECONDS = 30.0

server = Server("original", log_level="ERROR")
source = RowSource()


def ask(vql: str, env: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    from pyvelociraptor import api_pb2

    request = api_pb2.VQLCollectorArgs(
        Query=[api_pb2.VQLRequest(VQL=vql)],
        env=[{"key": key, "value": json.dumps(value)} for key, value in (env or {}).items()],
    )
    rows: list[dict[str, Any]] = []
    for response in source.stub.Query(request, timeout=TIMEOUT_SECONDS):
        if response.Response:
            rows.extend(json.loads(response.Response))
    return rows


@server.tool(structured_output=False)
async def list_clients(search: str | None = None, limit: int = 100) -> str:
    """Lists the clients that match a search."""
    clients_source = f"clients(search='{search}')" if search else "clients()"
    rows = ask(f"SELECT * FROM {clients_source} LIMIT {limit}")
    clients = [
        {
            "client_id": row.get("client_id"),
            "hostname": row.get("os_info", {}).get("hostname"),
            "os": row.get("os_info", {}).get("system"),
            "release": row.get("os_info", {}).get("release"),
            "labels": row.get("labels", []),
            "last_seen_at": row.get("last_seen_at"),
            "first_seen_at": row.get("first_seen_at"),
            "last_ip": row.get("last_ip"),
        }
        for row in rows
    ]
    return json.dumps(clients, indent=2)


@server.tool(structured_output=False)
async def run_vql(query: str, env: dict[str, Any] | None = None, max_rows: int = 10000) -> str:
    """Runs a query on the server."""
    vql = query if "LIMIT" in query.upper() else f"{query} LIMIT {max_rows}"
    rows = ask(vql, env)
    return json.dumps({"query": vql, "row_count": len(rows), "results": rows}, indent=2)


if __name__ == "__main__":
    server.run()
