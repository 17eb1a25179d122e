# SPDX-License-Identifier: Apache-2.0
"""Runs an experiment in rounds: each round measures every server once, one after the other."""

import time

from .experiments import Experiment
from .metrics import Finding, find
from .servers import FLOOR, Server

Samples = dict[str, dict[str, list[float]]]
"""By metric, then by server: one value for each round."""


def run(experiment: Experiment, servers: list[Server]) -> tuple[Samples, list[Finding]]:
    taking_part = [server for server in servers if experiment.has_floor or server.name != FLOOR]
    samples: Samples = {
        metric.key: {server.name: [] for server in taking_part} for metric in experiment.metrics
    }
    begin = time.monotonic()
    print(f"{experiment.name}: {experiment.rounds} rounds …", end="", flush=True)
    try:
        for _ in range(experiment.rounds):
            for server in taking_part:
                for key, value in experiment.sample(server).items():
                    samples[key][server.name].append(value)
    finally:
        print(f" {time.monotonic() - begin:.0f} s", flush=True)
    return samples, [find(metric, samples[metric.key]) for metric in experiment.metrics]
