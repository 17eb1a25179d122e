# SPDX-License-Identifier: Apache-2.0
"""A hundred thousand rows of a query, through to the client and down to the floor."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from . import driver, offers, paths
from .driver import Workload
from .experiments import Experiment, Scale
from .failure import Failure
from .lab import Lab
from .metrics import Goals, Metric, Unit
from .servers import FLOOR, Server

ROWS = 100_000
QUERY = f"SELECT * FROM range(end={ROWS})"
REPEATS = 7
TIMEOUT = 180

METRIC = Metric("rows", "rows of a query to the client", Unit.RATE, Goals(part_of_floor=0.7))


def experiment(scale: Scale, lab: Lab) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        took = _drain(lab) if server.name == FLOOR else _ask(server)
        return {METRIC.key: ROWS * 1e9 / took}

    return Experiment("rows", [METRIC], sample, scale.rounds)


def _drain(lab: Lab) -> float:
    command = [str(paths.DRAIN), lab.address, str(lab.certificates), str(REPEATS), QUERY]
    drained = [json.loads(line) for line in driver.run(command, None, TIMEOUT).splitlines()]
    for one in drained:
        if one["rows"] != ROWS:
            raise Failure(f"the drain received {one['rows']} rows")
    return median(one["took_ns"] for one in drained)


def _ask(server: Server) -> float:
    params = offers.whole(server, "run_vql", {"query": QUERY, "max_rows": ROWS})
    workload = Workload("tools/call", params, count=REPEATS, warm=2, timeout=TIMEOUT)
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        took = driver.measure(server, workload, answer)["p50_ns"]
        _verify(server, json.loads(answer.read_text(encoding="utf8"))["result"])
    return took


def _verify(server: Server, result: Mapping[str, Any]) -> None:
    """Every row is there, once, in its place."""
    rows = rows_of(result)
    if [row["_value"] for row in rows] != list(range(ROWS)):
        raise Failure(f"{server.name} answered with {len(rows)} rows, or not with the right ones")


def rows_of(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of a query with one statement, in the form of either server."""
    structure = result.get("structuredContent")
    if structure is not None:
        return structure.get("statements", [structure])[0]["rows"]
    parsed = json.loads(result["content"][0]["text"])
    return parsed["results"] if isinstance(parsed, dict) else parsed
