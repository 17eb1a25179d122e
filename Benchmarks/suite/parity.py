# SPDX-License-Identifier: Apache-2.0
"""Whether two servers offer the same, so that their lists and their memory can be compared."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from . import driver
from .driver import Workload
from .servers import Server


def compare_tools(one: Server, other: Server) -> str:
    """A sentence for the report."""
    mine, theirs = _tools(one), _tools(other)
    if mine == theirs:
        return f"Both servers list the same {len(mine)} tools."
    parts = [
        f"only {server.name} has {', '.join(sorted(extra))}"
        for server, extra in ((one, mine - theirs), (other, theirs - mine))
        if extra
    ]
    return f"The servers do not list the same tools: {'; '.join(parts)}."


def _tools(server: Server) -> set[str]:
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        driver.measure(server, Workload("tools/list", count=1), answer)
        return {tool["name"] for tool in json.loads(answer.read_text(encoding="utf8"))["result"]["tools"]}
