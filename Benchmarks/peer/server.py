# SPDX-License-Identifier: Apache-2.0
"""The same tools on FastMCP, the Python SDK's server: what most MCP servers are made of.

Wherever a choice is open it is the one that favours this server: nothing is logged, gRPC is imported at the first query
only, rows are asked for a thousand to a message, and only swift_echo gives a structured result, as its twin does.
"""

from typing import Any

from listed import TOOLS
from rows import RowSource

try:
    from mcp.server import MCPServer as Server
except ImportError:  # The name before 2.0.
    from mcp.server.fastmcp import FastMCP as Server
from typing_extensions import TypedDict


class Text(TypedDict):
    text: str


server = Server("peer", log_level="ERROR")
source = RowSource()


@server.tool(structured_output=False)
async def c_echo(text: str) -> str:
    """Gives its text back."""
    return text


@server.tool()
async def swift_echo(text: str) -> Text:
    """Gives its text back."""
    return Text(text=text)


@server.tool(structured_output=False)
async def wait() -> str:
    """Waits until it is cancelled."""
    return ""


@server.tool(structured_output=False)
async def count(to: int) -> str:
    """Counts to a number and tells its progress."""
    return str(to)


@server.tool(structured_output=False)
async def fail(text: str) -> str:
    """Fails."""
    raise ValueError(text)


@server.tool(structured_output=False)
async def erase(text: str) -> str:
    """Pretends to erase something."""
    return f"erased {text}"


@server.tool(structured_output=False)
async def remember(text: str) -> str:
    """Gives back what it was told the last time."""
    return text


@server.tool(structured_output=False)
async def ask(text: str) -> str:
    """Asks the person a question."""
    return text


@server.tool(structured_output=False)
async def chatter(text: str) -> str:
    """Prints to standard output."""
    return text


@server.tool(structured_output=False)
def services() -> str:
    """Shows what the host says."""
    return "{}"


@server.tool(structured_output=False)
def list_clients(search: str = "", limit: int = 100) -> str:
    """Lists the clients that match a search."""
    return source.text("SELECT * FROM clients(search=Search)", limit, {"Search": search})


@server.tool(structured_output=False)
def get_client_info(client_id: str) -> str:
    """Everything that is known about one client."""
    return source.text("SELECT client_info(client_id=ClientId) AS c FROM scope()", 1, {"ClientId": client_id})


@server.tool(structured_output=False)
def run_vql(query: str, max_rows: int = 1000, env: dict[str, Any] | None = None) -> str:
    """Runs a query on the server."""
    return source.text(query, max_rows, env or {})


for function in TOOLS:
    server.tool(structured_output=False)(function)


if __name__ == "__main__":
    server.run()
