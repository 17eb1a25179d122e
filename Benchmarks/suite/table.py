# SPDX-License-Identifier: Apache-2.0
"""The findings as a table that reads well in a terminal and is Markdown at the same time."""

from .metrics import Finding
from .servers import FLOOR, OURS, PEER

HEADINGS = ["", OURS, PEER, "times as good", "floor", "of the floor", "goal", "met"]


def render(findings: list[Finding]) -> str:
    rows = [HEADINGS, *map(_row, findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    # All but the name and the goal are numbers.
    left = {0, 6, 7}
    lines = ["| " + " | ".join(_pad(row, widths, left)) + " |" for row in rows]
    rule = ["-" * width if column in left else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    lines.insert(1, "| " + " | ".join(rule) + " |")
    return "\n".join(lines)


def _pad(row: list[str], widths: list[int], left: set[int]) -> list[str]:
    return [
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths))
    ]


def _row(finding: Finding) -> list[str]:
    metric, values = finding.metric, finding.values
    shown = {name: metric.unit.show(value) for name, value in values.items()}
    verdicts = finding.verdicts()
    met = all(is_met for _, is_met in verdicts)
    return [
        metric.title,
        shown[OURS],
        shown.get(PEER, ""),
        "" if finding.times_peer is None else f"{_digits(finding.times_peer)}x",
        shown.get(FLOOR, ""),
        _of_floor(finding),
        ", ".join(words for words, _ in verdicts),
        "" if not verdicts else "yes" if met else "NO",
    ]


def _of_floor(finding: Finding) -> str:
    if finding.of_floor is None:
        return ""
    return f"{finding.of_floor:.0%}" if finding.metric.more_is_better else f"{_digits(finding.of_floor)}x"


def _digits(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"
