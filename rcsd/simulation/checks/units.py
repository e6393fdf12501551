"""Check `units`: every equation agrees with the units that its variables have."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.checks.finding import Finding
from rcsd.simulation.dimensions import check_units
from rcsd.simulation.ir import Model


def unit_findings(model: Model) -> Iterator[Finding]:
    """Give what the inference of units finds the form of a finding."""
    first = next(iter(model.control_lines.values()), 1)
    for each in check_units(model):
        yield Finding("units", each.grade, each.variable, model.path, each.line or first, each.message, each.cause)
