# SPDX-License-Identifier: Apache-2.0
"""The measurements, one entry each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import driver
from .driver import Workload
from .metrics import Goals, Metric, Unit
from .servers import Server

Sample = Callable[[Server], Mapping[str, float]]


@dataclass(frozen=True)
class Scale:
    """How long a run may take."""

    starts: int
    rounds: int
    seconds: float
    idle_ms: int


FULL = Scale(starts=31, rounds=7, seconds=1.0, idle_ms=1000)
QUICK = Scale(starts=3, rounds=2, seconds=0.2, idle_ms=200)


@dataclass(frozen=True)
class Experiment:
    name: str
    metrics: list[Metric]
    sample: Sample
    """Measures one server once."""
    rounds: int
    has_floor: bool = True


def experiments(scale: Scale) -> list[Experiment]:
    return [
        _start(scale),
        _ping(scale),
        _pipelined_ping(scale),
        _list(scale),
        *(_call(scale, tool, language) for tool, language in (("c_echo", "C"), ("swift_echo", "Swift"))),
        *(_large_call(scale, tool, language) for tool, language in (("c_echo", "C"), ("swift_echo", "Swift"))),
        _memory(scale),
    ]


def _start(scale: Scale) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        figures = driver.measure(server, Workload())
        return {"start": figures["start_ns"], "stop": figures["exit_ns"]}

    metrics = [
        Metric("start", "start to first answer, p50", Unit.MILLISECONDS, Goals(times_peer=60, at_most=12e6)),
        Metric("stop", "end of input to exit, p50", Unit.MILLISECONDS),
    ]
    return Experiment("start", metrics, sample, scale.starts)


def _ping(scale: Scale) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        figures = driver.measure(server, Workload("ping", seconds=scale.seconds, warm=200))
        return {"ping_p50": figures["p50_ns"], "ping_p99": figures["p99_ns"]}

    metrics = [
        Metric("ping_p50", "ping, one after the other, p50", Unit.MICROSECONDS, Goals(times_floor=3)),
        Metric("ping_p99", "ping, one after the other, p99", Unit.MICROSECONDS),
    ]
    return Experiment("ping", metrics, sample, scale.rounds)


def _pipelined_ping(scale: Scale) -> Experiment:
    metric = Metric("pings", "pings, 1000 in flight", Unit.RATE, Goals(times_peer=80))
    sample = _rate(metric, Workload("ping", seconds=scale.seconds, warm=2000, window=1000))
    return Experiment("pipeline", [metric], sample, scale.rounds)


def _list(scale: Scale) -> Experiment:
    metric = Metric("lists", "tools/list, 64 in flight", Unit.RATE)
    sample = _rate(metric, Workload("tools/list", seconds=scale.seconds, warm=200, window=64))
    return Experiment("list", [metric], sample, scale.rounds, has_floor=False)


def _call(scale: Scale, tool: str, language: str) -> Experiment:
    params = {"name": tool, "arguments": {"text": "The quick brown fox jumps over the lazy dog."}}

    def sample(server: Server) -> Mapping[str, float]:
        alone = driver.measure(server, Workload("tools/call", params, seconds=scale.seconds, warm=200))
        crowd = driver.measure(server, Workload("tools/call", params, seconds=scale.seconds, warm=200, window=64))
        return {f"{tool}_p50": alone["p50_ns"], f"{tool}_rate": _per_second(crowd)}

    metrics = [
        Metric(f"{tool}_p50", f"tools/call, {language} plugin, p50", Unit.MICROSECONDS),
        Metric(f"{tool}_rate", f"tools/call, {language} plugin, 64 in flight", Unit.RATE),
    ]
    return Experiment(tool, metrics, sample, scale.rounds)


def _large_call(scale: Scale, tool: str, language: str) -> Experiment:
    text = ("0123456789abcdef" * 65536)[: 1 << 20]
    workload = Workload("tools/call", {"name": tool, "arguments": {"text": text}}, seconds=scale.seconds, warm=3)
    metric = Metric(f"{tool}_mib", f"1 MiB echo, {language} plugin, p50", Unit.MILLISECONDS)

    def sample(server: Server) -> Mapping[str, float]:
        figures = driver.measure(server, workload)
        if figures["answer_bytes"] < len(text):
            raise driver.Failure(f"{server.name} gave only {figures['answer_bytes']} bytes back")
        return {metric.key: figures["p50_ns"]}

    return Experiment(f"{tool}_mib", [metric], sample, scale.rounds)


def _memory(scale: Scale) -> Experiment:
    def sample(server: Server) -> Mapping[str, float]:
        figures = driver.measure(server, Workload("tools/list", count=1, idle_ms=scale.idle_ms))
        return {"rss": figures["rss_kib"], "pss": figures["pss_kib"]}

    metrics = [
        Metric("rss", "memory at rest, RSS", Unit.MEBIBYTES, Goals(times_peer=4)),
        Metric("pss", "memory at rest, PSS", Unit.MEBIBYTES, Goals(times_peer=4)),
    ]
    return Experiment("memory", metrics, sample, min(scale.rounds, 3))


def _rate(metric: Metric, workload: Workload) -> Sample:
    return lambda server: {metric.key: _per_second(driver.measure(server, workload))}


def _per_second(figures: Mapping[str, int]) -> float:
    return figures["answered"] * 1e9 / figures["elapsed_ns"]
