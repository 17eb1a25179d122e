# SPDX-License-Identifier: Apache-2.0
"""Whether two servers offer the same, so that their lists and their memory can be compared."""

from . import offers
from .servers import Server


def compare_tools(one: Server, other: Server) -> str:
    """A sentence for the report."""
    mine, theirs = set(offers.tools(one)), set(offers.tools(other))
    if mine == theirs:
        return f"Both servers list the same {len(mine)} tools."
    parts = [
        f"only {server.name} has {', '.join(sorted(extra))}"
        for server, extra in ((one, mine - theirs), (other, theirs - mine))
        if extra
    ]
    return f"The servers do not list the same tools: {'; '.join(parts)}."
