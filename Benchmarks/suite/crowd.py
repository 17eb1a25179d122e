# SPDX-License-Identifier: Apache-2.0
"""Many calls at once over one session, to a server that takes its time: whether one waits for the other."""

from collections.abc import Mapping

from . import driver
from .driver import Workload
from .experiments import Experiment, Scale
from .lab import Lab
from .metrics import Goals, Metric, Unit
from .servers import Server

LATENCY_MS = 50
CALLS = 64
PARAMS = {"name": "run_vql", "arguments": {"query": "SELECT 1 AS One FROM scope()", "max_rows": 10}}


def experiment(scale: Scale, _: Lab) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        one = driver.measure(server, Workload("tools/call", PARAMS, count=5, warm=1))["p50_ns"]
        figures = driver.measure(server, Workload("tools/call", PARAMS, count=CALLS, warm=1, window=CALLS))
        return {"crowd_all": figures["elapsed_ns"], "crowd_times": figures["elapsed_ns"] / one}

    metrics = [
        Metric("crowd_all", f"{CALLS} calls at once, server with {LATENCY_MS} ms latency", Unit.MILLISECONDS),
        Metric("crowd_times", "the same, as a multiple of one call", Unit.TIMES, Goals(at_most=2)),
    ]
    return Experiment("crowd", metrics, sample, min(scale.rounds, 3), has_floor=False)
