"""What a check has found, for people: by grade, each finding with its place and its remedy."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rcsd.analysis.checks import CheckResult
    from rcsd.simulation.checks import Finding

_COLOURS = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}


def report(result: CheckResult, *, every: bool = False) -> str:
    """Write the findings of a check by grade, what was not looked at, and the counts.

    Parameters
    ----------
    result : CheckResult
        What was found.
    every : bool
        Whether silenced findings stand there too.
    """
    lines: list[str] = []
    for grade in result.counts:
        own = [finding for finding in result.findings if finding.grade == grade]
        if own:
            lines.append(_heading(grade, len(own)))
            lines += [line for finding in own for line in _lines(finding)]
    if every and result.silenced:
        lines.append(f"silenced ({len(result.silenced)})")
        for silenced in result.silenced:
            lines += [*_lines(silenced.finding), f"    accepted: {silenced.reason}"]
    for why in dict.fromkeys(result.unmade.values()):
        names = [name for name, reason in result.unmade.items() if reason == why]
        lines.append(f"not checked: {', '.join(names)} ({why})")
    return "\n".join([*lines, _summary(result)])


def _heading(grade: str, count: int) -> str:
    words = f"{grade}{'s' if count > 1 else ''} ({count})"
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        return typer.style(words, fg=_COLOURS[grade], bold=True)
    return words


def _lines(finding: Finding) -> Iterator[str]:
    about = "" if finding.variable is None else f"{finding.variable}: "
    yield f"  {finding.place}: {about}{finding.message} [{finding.check}]"
    yield f"    remedy: {finding.remedy}"


def _summary(result: CheckResult) -> str:
    counts = [f"{count} {grade}{'' if count == 1 else 's'}" for grade, count in result.counts.items()]
    silenced = f", {len(result.silenced)} silenced" if result.silenced else ""
    return f"{result.model.name}: {', '.join(counts)}{silenced}; {len(result.made)} checks made"
