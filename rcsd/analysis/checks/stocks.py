"""Check `stocks`: stocks that should not go below zero, or beyond their bounds, or be no number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from rcsd.analysis.checks.subject import Subject
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding

_AMOUNT = re.compile(
    r"\b(persons?|people|populations?|humans?|patients?|workers?|employees?|students?|households?|firms?|cars?|houses?"
    r"|vehicles?|animals?|fish|hares?|foxes|deer|rabbits?|trees?|plants?|cells?|cases?|items?|widgets?|units?|tons?"
    r"|tonnes?|kg|kilograms?|grams?|barrels?|bbl|joules?|litres?|liters?|gallons?|cubic \w+|acres?|hectares?)\b",
    re.IGNORECASE,
)
"""In the unit of what is counted or weighed, of which there cannot be less than nothing."""


def stock_findings(subject: Subject) -> Iterator[Finding]:
    """Find what is no number in the base run, and stocks that go below zero in it or leave their bounds.

    A stock is held to zero when it is counted or weighed in its unit, or when the file of checks is there and does not
    name it among `signed_stocks`; any other one that goes below zero is noted.
    """
    finder, run = Finder("stocks", subject.model.ir), subject.base
    lost = [name for name in run.variables if not np.isfinite(run.of(name)[0]).all()]
    if lost:
        yield from _lost(subject, finder, lost)
    content = subject.declared.content
    signed = {canonical(name.partition("[")[0]) for name in content.signed_stocks}
    signed |= {canonical(name.partition("[")[0]) for name, (low, _) in content.bounds.items() if low < 0}
    said: set[str] = set()
    for element, time in subject.negative(run, 0).items():
        stock = subject.stocks[element]
        if canonical(stock) in signed or stock in said:
            continue
        said.add(stock)
        begins_below = run.of(element)[0, 0] < 0
        counted = is_counted(subject, stock)
        held = (subject.declared.path is not None or counted) and not begins_below
        yield finder.at(
            element,
            ("error" if subject.declared.path is not None else "warning") if held else "note",
            f"the stock {'begins' if begins_below else 'falls'} below zero at time {time:g}",
            "limit its outflows to what is there (a first-order outflow, or MIN with the stock over TIME STEP), or "
            "name it under signed_stocks in the file of checks",
        )
    yield from bound_findings(subject, "base run")


def is_counted(subject: Subject, stock: str) -> bool:
    """Whether a stock is counted or weighed in its unit, so that there cannot be less than nothing of it."""
    return bool(_AMOUNT.search(subject.model.units.get(stock, "")))


def bound_findings(subject: Subject, what: str) -> Iterator[Finding]:
    """Find variables of the base run outside the bounds that are declared."""
    for name, (low, high) in subject.declared.content.bounds.items():
        for element in subject.elements(name, subject.base):
            values = subject.base.of(element)[0]
            outside = (values < low) | (values > high + 1e-12)
            if outside.any():
                at = int(np.argmax(outside))
                yield subject.declared_finding(
                    "stocks",
                    "error",
                    element,
                    ("bounds", name),
                    f"is {values[at]:g} at time {subject.base.times[at]:g} of the {what}, outside its bounds "
                    f"{low:g} to {high:g}",
                    "correct the equation, or widen the bounds",
                )


def _lost(subject: Subject, finder: Finder, lost: list[str]) -> Iterator[Finding]:
    """Report the first variable of the base run that is no number, in the order in which they are worked out."""
    run = subject.base
    culprit, time = first_lost(subject, run, 0)
    others = f", and with it {len(lost) - 1} others" if len(lost) > 1 else ""
    stocks = any(name in subject.stocks for name in lost)
    yield finder.at(
        culprit,
        "error" if stocks else "warning",
        f"is not a finite number from time {time:g} on{others}",
        _remedy(subject, culprit),
    )


def _remedy(subject: Subject, element: str) -> str:
    """Say what helps against a variable that is no number: what has no equation cannot be guarded."""
    name = element.partition("[")[0]
    kind = next((each.kind for each in subject.model.ir if each.name == name), "")
    if kind == "data":
        return "put its series beside the model, or give it a table over Time"
    if kind == "constant":
        return "give it a value that is a finite number"
    return "guard the division, logarithm or power in its equation, for example with MAX, ZIDZ or XIDZ"


def first_lost(subject: Subject, run: Ensemble, row: int) -> tuple[str, float]:
    """Return the variable that is the first to be no number in a row, with the time; the earliest in evaluation."""
    system = subject.system
    order = [*system.constants, *(e.name for e in system.statics), *(s.name for s in system.stocks)]
    order += [e.name for e in (*system.start, *system.steps, *system.reports)]
    rank = {name: i for i, name in reversed(list(enumerate(order)))}
    bad = ~np.isfinite(run.values[row])
    at = int(np.argmax(bad.any(axis=1)))
    names = [name for name, is_bad in zip(run.variables, bad[at], strict=True) if is_bad]
    return min(names, key=lambda name: rank.get(name, len(rank))), float(run.times[at])
