"""Check `ranges`: a value inside the range that its model states, and a range that is one."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.file.limits import limits_of


def range_findings(model: Model) -> Iterator[Finding]:
    """Find each scalar constant whose value lies outside its own range, and each range whose ends are swapped."""
    finder = Finder("ranges", model)
    for variable in model:
        stated = limits_of(variable)
        if stated is None:
            continue
        low, high = stated
        if low > high:
            yield finder.at(
                variable.name, "error", f"the range {low:g} to {high:g} holds nothing", "write the lower end first"
            )
        elif variable.value is not None and not low <= variable.value <= high:
            yield finder.at(
                variable.name,
                "error",
                f"its value {variable.value:g} lies outside its range {low:g} to {high:g}",
                "correct the value, or widen the range",
            )
