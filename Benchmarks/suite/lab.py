# SPDX-License-Identifier: Apache-2.0
"""The Velociraptor stand-in, running for as long as rows are measured."""

import json
import selectors
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .failure import Failure

START_SECONDS = 30
STOP_SECONDS = 5


@dataclass(frozen=True)
class Lab:
    api_client: Path
    address: str
    """A folder with ca.pem, cert.pem and key.pem: what api_client holds, for a program that reads no YAML."""
    certificates: Path


@contextmanager
def running(release: Path, clients: int = 12, latency_ms: int = 0) -> Iterator[Lab]:
    folder = paths.OUTPUT / "lab"
    folder.mkdir(parents=True, exist_ok=True)
    with open(paths.OUTPUT / "lab.log", "w", encoding="utf8") as log:
        try:
            process = subprocess.Popen(
                [
                    str(release / "megaraptor-lab"),
                    "serve",
                    *("--directory", str(folder)),
                    *("--clients", str(clients)),
                    *("--latency", str(latency_ms)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        except OSError as error:
            raise Failure(f"the lab cannot be started: {error}") from error
        try:
            _wait_until_ready(process)
            yield _unpack(folder / "api_client.yaml")
        finally:
            _stop(process)


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(START_SECONDS):
            raise Failure(f"the lab is not ready after {START_SECONDS} s")
    line = process.stdout.readline()
    try:
        is_ready = json.loads(line).get("ready") is True
    except (ValueError, AttributeError) as error:
        raise Failure(f"the lab says {line!r} and ended with {process.poll()}") from error
    if not is_ready:
        raise Failure(f"the lab says {line!r}")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _unpack(api_client: Path) -> Lab:
    # The peer's environment has a YAML reader; ours need not.
    script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))"
    output = subprocess.run(
        [str(paths.PYTHON), "-c", script, str(api_client)], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    values = json.loads(output)
    names = {"ca.pem": "ca_certificate", "cert.pem": "client_cert", "key.pem": "client_private_key"}
    for file, key in names.items():
        path = api_client.parent / file
        path.touch(mode=0o600)
        path.write_text(values[key])
    return Lab(api_client, values["api_connection_string"], api_client.parent)
