# SPDX-License-Identifier: Apache-2.0
"""The measurements that need the Velociraptor stand-in: what it is started with, and who takes part."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import crowd, original, paging, rows, servers
from .experiments import Experiment, Scale
from .lab import Lab
from .servers import Server


def _with_floor(release: Path, lab: Lab) -> list[Server]:
    return [servers.ours(release, lab.api_client), servers.peer(lab.api_client), servers.floor()]


def _beside_original(release: Path, lab: Lab) -> list[Server]:
    return [servers.ours(release, lab.api_client), servers.original(lab.api_client)]


def _alone(release: Path, lab: Lab) -> list[Server]:
    return [servers.ours(release, lab.api_client)]


@dataclass(frozen=True)
class Measurement:
    experiment: Callable[[Scale, Lab], Experiment]
    servers: Callable[[Path, Lab], list[Server]]
    clients: int = 12
    latency_ms: int = 0


MEASUREMENTS = {
    "rows": Measurement(rows.experiment, _with_floor),
    "clients": Measurement(original.clients, _beside_original, clients=original.CLIENTS),
    "query": Measurement(original.query, _beside_original),
    "crowd": Measurement(crowd.experiment, _beside_original, latency_ms=crowd.LATENCY_MS),
    "paging": Measurement(paging.experiment, _alone),
}
