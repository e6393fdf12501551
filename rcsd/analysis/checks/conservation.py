"""Check `conserved`: stocks among which material only moves have a sum that stays what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rcsd.analysis.checks.subject import Subject
from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.flows import balances

_TOLERANCE = 1e-9


def conserved_findings(subject: Subject) -> Iterator[Finding]:
    """Hold the sums that are declared, and those that the equations promise, on the base run.

    Where the equations let every flow that leaves one stock enter another, the sum can move only by what is cut off a
    stock that the file keeps from going below zero.
    """
    run = subject.base
    for i, declared in enumerate(subject.declared.content.conserved):
        elements = [element for name in declared.stocks for element in subject.elements(name, run)]
        if (moved := _moved(subject, elements)) is not None:
            first, last, time = moved
            yield subject.declared_finding(
                "conserved",
                "error",
                declared.stocks[0],
                ("conserved", str(i)),
                f"{declared.name or ', '.join(declared.stocks)}: the sum goes from {first:g} to {last:g} by {time:g}",
                "let each flow that leaves one of these stocks enter another, whole; or take the entry out",
            )
    for closed in closed_sets(subject):
        if (moved := _moved(subject, closed)) is not None:
            first, last, time = moved
            yield Finder("conserved", subject.model.ir).at(
                closed[0],
                "warning",
                f"every flow among {', '.join(closed)} leaves one and enters another, yet their sum goes from "
                f"{first:g} to {last:g} by time {time:g}: a stock is kept at zero while its outflow goes on",
                "limit the outflow to what is there, so that nothing enters that did not leave",
            )


def _moved(subject: Subject, elements: Sequence[str]) -> tuple[float, float, float] | None:
    """Return the first sum, the one farthest from it, and when that is; None where it stays."""
    if not elements:
        return None
    parts = np.array([subject.base.of(each)[0] for each in elements])
    if not np.isfinite(parts).all():
        return None
    sums = parts.sum(axis=0)
    at = int(np.argmax(np.abs(sums - sums[0])))
    size = float(np.abs(parts).max())
    return (
        None
        if abs(sums[at] - sums[0]) <= _TOLERANCE * size
        else (float(sums[0]), float(sums[at]), float(subject.base.times[at]))
    )


def closed_sets(subject: Subject) -> list[list[str]]:
    """Return groups of scalar stocks of which every flow leaves one and enters another, whole; two stocks at least."""
    every = [each for each in balances(subject.model.ir)]
    ends: dict[str, list[tuple[str, float]]] = {}
    open_stocks = {each.stock for each in every if each.subscripts or any(t.flow is None for t in each.terms)}
    for each in every:
        for term in each.terms:
            if term.flow is not None:
                ends.setdefault(canonical(term.flow.name), []).append((each.stock, term.factor))
    group: dict[str, set[str]] = {each.stock: {each.stock} for each in every}
    for two in ends.values():
        if len(two) == 2 and {factor for _, factor in two} == {1.0, -1.0}:  # noqa: PLR2004 - its two ends
            joined = group[two[0][0]] | group[two[1][0]]
            for stock in joined:
                group[stock] = joined
        else:
            open_stocks |= {stock for stock, _ in two}
    found = {id(each): sorted(each) for each in group.values() if len(each) > 1 and not each & open_stocks}
    return list(found.values())
