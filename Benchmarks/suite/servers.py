# SPDX-License-Identifier: Apache-2.0
"""What is measured: this project's server, its peer, and the floor."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from . import paths

OURS, PEER, FLOOR = "megaraptor", "FastMCP", "floor"


@dataclass(frozen=True)
class Server:
    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The caller's environment without what would change a server's behaviour."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VELOCIRAPTOR_", "MEGARAPTOR_", "PYTHON"))
        }
        return kept | self.variables


def ours(release: Path, api_client: Path | None = None) -> Server:
    command = [str(release / "megaraptor-mcp"), "serve", "--trust", "any", "--plugin-dir", str(paths.MANIFESTS)]
    command += ["--config", str(paths.LIMITS)]
    if api_client is not None:
        command += ["--api-config", str(api_client)]
    return Server(OURS, command)


def peer(api_client: Path | None = None) -> Server:
    variables = {} if api_client is None else {"VELOCIRAPTOR_API_CONFIG": str(api_client)}
    return Server(PEER, [str(paths.PYTHON), str(paths.BENCHMARKS / "peer" / "server.py")], variables)


def original(api_client: Path) -> Server:
    """In the peer's column, but with the queries of the project whose tools these were."""
    program = paths.BENCHMARKS / "peer" / "original.py"
    return Server(PEER, [str(paths.PYTHON), str(program)], {"VELOCIRAPTOR_API_CONFIG": str(api_client)})


def floor() -> Server:
    return Server(FLOOR, [str(paths.ECHO)])
