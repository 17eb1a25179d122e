# SPDX-License-Identifier: Apache-2.0
"""What a server offers, and how it is asked for a whole answer."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import driver
from .driver import Workload
from .servers import Server

WHOLE = 64 << 20
"""Bytes: more than any answer that is asked for here."""


def tools(server: Server) -> dict[str, dict[str, Any]]:
    """What the server lists, by name."""
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        driver.measure(server, Workload("tools/list", count=1), answer)
        return {tool["name"]: tool for tool in json.loads(answer.read_text(encoding="utf8"))["result"]["tools"]}


def whole(server: Server, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a call whose answer is not to be cut, where the tool would cut it unless told otherwise."""
    offered = tools(server)
    if tool not in offered:
        raise driver.Failure(f"{server.name} does not offer {tool}")
    budget = offered[tool]["inputSchema"].get("properties", {}).get("max_result_bytes")
    if budget is not None:
        arguments = arguments | {"max_result_bytes": min(WHOLE, budget.get("maximum", WHOLE))}
    return {"name": tool, "arguments": arguments}
