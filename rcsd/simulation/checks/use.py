"""Check `used`: variables that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.flows import content_names
from rcsd.simulation.ir import Model

_KINDS = {"constant": "constant", "lookup": "table", "data": "data variable"}


def unused_findings(model: Model) -> Iterator[Finding]:
    """Note each constant, table and data variable that no equation reads.

    An auxiliary that nothing reads is an output; the time axis reads what it is worked out from. An equation that has
    no form here might read any of them, so that nothing is said of a model with such a one.
    """
    if model.untaken:
        return
    read = {canonical(name) for each in model.definitions for name in content_names(each)}
    read |= {canonical(name) for name in model.clock}
    finder = Finder("used", model)
    for variable in model:
        what = _KINDS.get(variable.kind)
        if what is not None and canonical(variable.name) not in read:
            yield finder.at(
                variable.name,
                "note",
                f"no equation uses this {what}",
                "take it out, or put it into the equation that it was meant for",
            )
