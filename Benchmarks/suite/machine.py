# SPDX-License-Identifier: Apache-2.0
"""On what the figures were taken, and whether it was quiet."""

import os
import platform
from pathlib import Path

BUSY_LOAD = 0.5


def describe() -> dict[str, str | int]:
    return {"processor": _processor(), "cores": os.cpu_count() or 0, "kernel": platform.release()}


def load() -> float:
    """Runnable processes over the last minute."""
    return os.getloadavg()[0]


def is_busy(load_before: float) -> bool:
    return load_before > BUSY_LOAD


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
