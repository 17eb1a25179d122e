# SPDX-License-Identifier: Apache-2.0
"""A collection of a hundred thousand rows, read page by page: what the server keeps of it."""

import json
import subprocess
import time
from collections.abc import Mapping
from typing import Any

from . import paths
from .experiments import Experiment, Scale
from .failure import Failure
from .lab import Lab
from .metrics import Goals, Metric, Unit
from .servers import Server
from .stdio import Session

ROWS = 100_000
PAGE_BYTES = 1 << 20
GROWTH_KIB = 64 << 10

# The largest collection that the server knows of, whatever it is.
LARGEST = """
SELECT * FROM foreach(
    row={ SELECT client_id AS ClientId FROM clients() },
    query={ SELECT ClientId, session_id AS FlowId, total_collected_rows AS Rows FROM flows(client_id=ClientId) })
ORDER BY Rows DESC LIMIT 1
"""


def experiment(scale: Scale, lab: Lab) -> Experiment:
    flow = _largest(lab)
    if flow["Rows"] < ROWS:
        raise Failure(f"the largest collection has {flow['Rows']} rows")

    def sample(server: Server) -> Mapping[str, float]:
        begin = time.monotonic()
        growth, rows = _page_through(server, {"client_id": flow["ClientId"], "flow_id": flow["FlowId"]})
        return {"paging_growth": growth, "paging_rate": rows / (time.monotonic() - begin)}

    metrics = [
        Metric("paging_growth", f"memory gained while paging {ROWS:,} rows", Unit.MEBIBYTES, Goals(at_most=GROWTH_KIB)),
        Metric("paging_rate", "rows of a collection, page by page", Unit.RATE),
    ]
    return Experiment("paging", metrics, sample, min(scale.rounds, 3), has_floor=False)


def _page_through(server: Server, flow: dict[str, Any]) -> tuple[int, int]:
    """By how many KiB the server grew beyond its size after the first page, at most, and how many rows there were."""
    arguments = flow | {"limit": 1000, "max_result_bytes": PAGE_BYTES}
    with Session(server) as session:
        page = session.call("get_flow_results", arguments)
        first = most = session.resident_kib()
        seen = page["row_count"]
        while page["next_cursor"] is not None:
            page = session.call("get_flow_results", arguments | {"cursor": page["next_cursor"]})
            if page["first_row"] != seen:
                raise Failure(f"a page begins at row {page['first_row']} and not at {seen}")
            seen += page["row_count"]
            most = max(most, session.resident_kib())
    if seen < ROWS:
        raise Failure(f"{seen} rows came")
    return most - first, seen


def _largest(lab: Lab) -> dict[str, Any]:
    # By the peer's client, so that nothing is measured that was warmed by the search.
    script = "import sys; from rows import RowSource; print(RowSource().text(sys.argv[1], 1, {}))"
    found = subprocess.run(
        [str(paths.PYTHON), "-c", script, LARGEST],
        cwd=paths.BENCHMARKS / "peer",
        env={"VELOCIRAPTOR_API_CONFIG": str(lab.api_client)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    rows = json.loads(found)
    if not rows:
        raise Failure("the lab has no collection")
    return rows[0]
