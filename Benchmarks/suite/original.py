# SPDX-License-Identifier: Apache-2.0
"""The same two calls as the Python project whose tools these were makes them, and as this one does."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import driver, offers
from .driver import Workload
from .experiments import Experiment, Scale
from .failure import Failure
from .lab import Lab
from .metrics import Metric, Unit
from .rows import rows_of
from .servers import OURS, Server

CLIENTS = 100
ROWS = 10_000
QUERY = f"SELECT _value AS N FROM range(start=0,end={ROWS})"
REPEATS = 3


def clients(scale: Scale, _: Lab) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        params = offers.whole(server, "list_clients", {"limit": CLIENTS})
        figures, result = _call(server, Workload("tools/call", params, seconds=scale.seconds, warm=5))
        found = _clients_of(server, result)
        if len(found) != CLIENTS:
            raise Failure(f"{server.name} lists {len(found)} of {CLIENTS} clients")
        return {"clients_p50": figures["p50_ns"], "clients_p99": figures["p99_ns"]}

    metrics = [
        Metric("clients_p50", f"list_clients, {CLIENTS} clients, p50", Unit.MILLISECONDS),
        Metric("clients_p99", f"list_clients, {CLIENTS} clients, p99", Unit.MILLISECONDS),
    ]
    return Experiment("clients", metrics, sample, scale.rounds, has_floor=False)


def query(scale: Scale, _: Lab) -> Experiment:
    metric = Metric("query", f"run_vql, {ROWS:,} rows", Unit.RATE)

    def sample(server: Server) -> Mapping[str, float]:
        params = offers.whole(server, "run_vql", {"query": QUERY, "max_rows": ROWS})
        figures, result = _call(server, Workload("tools/call", params, count=REPEATS, warm=1))
        if [row["N"] for row in rows_of(result)] != list(range(ROWS)):
            raise Failure(f"{server.name} does not answer with the {ROWS} rows")
        return {metric.key: ROWS * 1e9 / figures["p50_ns"]}

    return Experiment("query", [metric], sample, scale.rounds, has_floor=False)


def _call(server: Server, workload: Workload) -> tuple[dict[str, int], Mapping[str, Any]]:
    """The figures, and the last answer's result."""
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        figures = driver.measure(server, workload, answer)
        return figures, json.loads(answer.read_text(encoding="utf8"))["result"]


def _clients_of(server: Server, result: Mapping[str, Any]) -> set[str]:
    rows = (
        result["structuredContent"]["clients"]
        if server.name == OURS
        else json.loads(result["content"][0]["text"])
    )
    return {row["client_id"] for row in rows}
