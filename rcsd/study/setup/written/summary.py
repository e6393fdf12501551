"""What is printed of a proposed study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rcsd.study.setup.proposal import Proposal, ProposedSeries


def summary(proposal: Proposal, folder: Path) -> str:
    """Say what was understood, what is proposed, what is in doubt, and what to do next."""
    return "\n".join(_lines(proposal, folder))


def _lines(proposal: Proposal, folder: Path) -> Iterator[str]:
    yield f"Read {proposal.data.name}:"
    yield from (f"  {each}" for each in proposal.account)
    yield f"Study of {proposal.model.name}:"
    yield from (f"  {_line(each)}" for each in proposal.series)
    yield from (f"  {_line(each)} (fills a table)" for each in proposal.drivers)
    yield f"  time: {proposal.time.why}"
    windows, written = proposal.windows, proposal.time.written
    held = f", hold out {written(windows.holdout[0])} to {written(windows.holdout[1])}" if windows.holdout else ""
    ahead = "" if windows.horizon is None else f", {proposal.beyond} to {written(windows.horizon)}"
    yield f"  fit {written(windows.fit[0])} to {written(windows.fit[1])}{held}{ahead}"
    yield f"  estimate {len(proposal.parameters)}:"
    yield from (
        f"    {each.name}: {each.lower:g} to {each.upper:g} {each.unit}".rstrip() for each in proposal.parameters
    )
    if proposal.doubts:
        yield "Look at this:"
        yield from (f"  {each}" for each in proposal.doubts)
    yield f"Written: {folder / 'study.toml'}, {folder / 'observed.csv'}"
    yield f"Next: rcsd study {folder}"


def _line(series: ProposedSeries) -> str:
    scatter = "" if series.scatter is None else f", {series.scatter.kind} error"
    if series.scatter is not None and series.scatter.error is not None:
        scatter += f" {series.scatter.error:g}"
    return f"{series.match.column.name} -> {series.match.candidate.name}: {len(series.values)} values{scatter}"
