# SPDX-License-Identifier: Apache-2.0
"""Runs the C driver against one server and reads its figures."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import paths
from .failure import Failure
from .servers import Server


@dataclass(frozen=True)
class Workload:
    """What a server is asked. Either a count or a duration ends it."""

    method: str | None = None
    params: dict[str, Any] | None = None
    count: int | None = None
    seconds: float | None = None
    warm: int = 0
    window: int = 1
    idle_ms: int = 0
    timeout: int = 180

    def arguments(self, params_file: Path) -> list[str]:
        values = {
            "method": self.method,
            "params": params_file if self.params is not None else None,
            "count": self.count,
            "seconds": self.seconds,
            "warm": self.warm,
            "window": self.window,
            "idle": self.idle_ms,
            "timeout": self.timeout,
        }
        return [part for name, value in values.items() if value is not None for part in (f"--{name}", str(value))]


def measure(server: Server, workload: Workload, answer: Path | None = None) -> dict[str, int]:
    """The driver's figures: nanoseconds, bytes, KiB."""
    with tempfile.TemporaryDirectory() as folder:
        params_file = Path(folder) / "params.json"
        if workload.params is not None:
            params_file.write_text(json.dumps(workload.params, separators=(",", ":")))
        command = [str(paths.DRIVER), *workload.arguments(params_file), "--log", str(paths.SERVER_LOG)]
        if answer is not None:
            command += ["--answer", str(answer)]
        return json.loads(run([*command, "--", *server.command], server.environment(), workload.timeout))


def run(command: list[str], environment: dict[str, str] | None, timeout: int) -> str:
    """The program's output. It is ended by its own clock first, and by ours if that fails."""
    process = subprocess.Popen(
        command, env=environment, cwd=paths.REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        output, complaint = process.communicate(timeout=timeout + 10)
    except BaseException as interruption:
        # At this the driver ends its server.
        process.terminate()
        process.wait()
        if isinstance(interruption, subprocess.TimeoutExpired):
            raise Failure(f"no end after {timeout} s") from interruption
        raise
    if process.returncode != 0:
        raise Failure(complaint.strip() or f"{Path(command[0]).name} ended with status {process.returncode}")
    return output
