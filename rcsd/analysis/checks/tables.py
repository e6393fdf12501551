"""Check `tables`: tables that are read beyond their points in the base run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.analysis.checks.subject import Subject
from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.ir.expression import Expression, Lookup, Name, Points, walk

_SLACK = 1e-6


def table_findings(subject: Subject) -> Iterator[Finding]:
    """Note each table whose input, a variable of the model, leaves its points: what it gives then is a guess."""
    model = subject.model.ir
    finder = Finder("tables", model)
    tables = {canonical(e.name): e.content for e in model.definitions if isinstance(e.content, Points)}
    said: set[str] = set()
    for each in model.definitions:
        if not isinstance(each.content, Expression):
            continue
        for node in walk(each.content):
            if not isinstance(node, Lookup) or not isinstance(node.argument, Name):
                continue
            points = node.table if isinstance(node.table, Points) else tables.get(canonical(node.table.name))
            if points is None or points.beyond != "hold" or each.name in said:
                continue
            if (beyond := _beyond(subject, node.argument.name, points)) is not None:
                said.add(each.name)
                yield finder.at(each.name, "note", beyond, "extend the table, or limit what it reads", line=each.line)


def _beyond(subject: Subject, name: str, points: Points) -> str | None:
    """Say how far an input goes beyond the points of a table; None where it does not."""
    values = [subject.base.of(element)[0] for element in subject.elements(name, subject.base)]
    finite = np.concatenate(values)[np.isfinite(np.concatenate(values))] if values else np.zeros(0)
    low, high = points.x[0], points.x[-1]
    slack = _SLACK * (high - low)
    if not finite.size or (finite.min() >= low - slack and finite.max() <= high + slack):
        return None
    return (
        f"its input {name!r} goes from {finite.min():g} to {finite.max():g}, beyond the table's points from {low:g} to "
        f"{high:g}, where it is held at its last value"
    )
