# SPDX-License-Identifier: Apache-2.0
"""Makes what the measurements need: the C programs and the Python peer's environment."""

import os
import shutil
import subprocess
from pathlib import Path

from . import paths
from .failure import Failure

# The peer's server, and what it needs to ask a Velociraptor server.
PACKAGES = ["mcp>=2,<3", "pyvelociraptor"]

FLAGS = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"]


def compile_programs() -> None:
    paths.OUTPUT.mkdir(parents=True, exist_ok=True)
    floor = paths.BENCHMARKS / "floor"
    _compile(paths.DRIVER, sorted((paths.BENCHMARKS / "driver").glob("*.c")))
    _compile(paths.ECHO, [floor / "echo.c"])
    _compile(paths.DRAIN, [floor / "drain.c", floor / "messages.c"], ["-lgrpc", "-lgpr"])


def _compile(program: Path, sources: list[Path], libraries: list[str] = []) -> None:
    _run([os.environ.get("CC", "cc"), *FLAGS, *map(str, sources), "-o", str(program), *libraries])


def make_environment() -> None:
    """Installs the peer unless it is there. An environment is either whole or gone."""
    marker = paths.ENVIRONMENT / "installed"
    wanted = "\n".join(PACKAGES)
    if marker.exists() and marker.read_text() == wanted:
        return
    print("Installing the Python peer …", flush=True)
    shutil.rmtree(paths.ENVIRONMENT, ignore_errors=True)
    _run([_interpreter(), "-m", "venv", str(paths.ENVIRONMENT)])
    _run([str(paths.PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES])
    marker.write_text(wanted)


def _interpreter() -> str:
    """The system's own Python: it is built with all optimisations, which one from elsewhere may lack."""
    system = Path("/usr/bin/python3")
    return str(system) if system.exists() else "python3"


def peer_versions() -> dict[str, str]:
    script = (
        "import importlib.metadata as m, platform;"
        "print(platform.python_version(), m.version('mcp'), m.version('grpcio'))"
    )
    python, mcp, grpc = _run([str(paths.PYTHON), "-c", script]).split()
    return {"python": python, "mcp": mcp, "grpcio": grpc}


def _run(command: list[str]) -> str:
    try:
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure(f"{Path(command[0]).name} failed: {error}") from error
