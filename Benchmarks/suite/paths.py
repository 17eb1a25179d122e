# SPDX-License-Identifier: Apache-2.0
"""Where things stand. All that a run makes goes below `.build`."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BENCHMARKS = REPOSITORY / "Benchmarks"
RELEASE = REPOSITORY / ".build" / "release"
LIMITS = BENCHMARKS / "limits.yaml"
MANIFESTS = REPOSITORY / "Tests" / "Fixtures" / "manifests"

OUTPUT = REPOSITORY / ".build" / "bench"
ENVIRONMENT = REPOSITORY / ".build" / "bench-venv"
PYTHON = ENVIRONMENT / "bin" / "python"

DRIVER = OUTPUT / "driver"
ECHO = OUTPUT / "echo"
DRAIN = OUTPUT / "drain"
SERVER_LOG = OUTPUT / "servers.log"
RESULTS = OUTPUT / "results.json"
