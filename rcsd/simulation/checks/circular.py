"""Check `circular`: equations that need one another within a moment."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.errors import ModelError
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.reading import parted
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.unsound import Circular


def is_circle(error: ModelError) -> bool:
    """Whether a model could not be made ready to run because its equations go in a circle."""
    return isinstance(error.__cause__, Circular)


def circle_findings(model: Model, error: ModelError) -> Iterator[Finding]:
    """Name the circle that keeps a model from running, in the order in which its members need one another."""
    fault = error.__cause__
    if not isinstance(fault, Circular):
        return
    message, remedy = parted(fault.message)
    yield Finder("circular", model).at(fault.variable or model.name, "error", message, remedy, line=error.line)
