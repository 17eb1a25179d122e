# SPDX-License-Identifier: Apache-2.0
"""A session with a server whose requests depend on its answers, which the C driver cannot do. It measures no time."""

import itertools
import json
import subprocess
from types import TracebackType
from typing import Any, Self

from . import paths
from .failure import Failure
from .servers import Server


class Session:
    def __init__(self, server: Server) -> None:
        self._ids = itertools.count(1)
        self._log = open(paths.SERVER_LOG, "a", encoding="utf8")
        self._process = subprocess.Popen(
            server.command, env=server.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )

    def __enter__(self) -> Self:
        client = {"name": "bench", "version": "1"}
        try:
            self._request("initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client})
            self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def call(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The structured content of a tool's answer."""
        result = self._request("tools/call", {"name": tool, "arguments": arguments})
        if result.get("isError"):
            raise Failure(f"{tool} answers: {result['content'][0]['text']}")
        return result["structuredContent"]

    def resident_kib(self) -> int:
        with open(f"/proc/{self._process.pid}/status", encoding="utf8") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def _request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        identifier = next(self._ids)
        self._send({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            if message.get("id") != identifier:
                continue
            if "result" not in message:
                raise Failure(f"{method} answers: {message.get('error')}")
            return message["result"]
        raise Failure(f"the server ended before it answered {method}")
