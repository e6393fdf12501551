"""The stocks behind a variable, to whose loops an analysis can be confined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rcsd.analysis.loops.graph import Feedback
from rcsd.errors import ModelError
from rcsd.names import canonical, element_form, near_matches
from rcsd.simulation.engine.links import Link


@dataclass(frozen=True, slots=True)
class Scope:
    """To which loops an analysis is confined.

    Attributes
    ----------
    variable : str
        As the model spells it; empty for all loops.
    states : tuple of str
        What carries over from step to step, in loops, and is read for the variable within a step; in the order of the
        file. Loops go through at least one.
    """

    variable: str = ""
    states: tuple[str, ...] = ()

    def holds(self, cycle: tuple[str, ...]) -> bool:
        """Whether a loop is within it."""
        return not self.variable or any(name in self.states for name in cycle)


def scope_of(feedback: Feedback, variable: str | None, resting: Collection[Link] = ()) -> Scope:
    """Find the stocks from which a variable is worked out within a step; the variable itself where it is one.

    Parameters
    ----------
    feedback : Feedback
        Of the model.
    variable : str or None
        No confinement when None.
    resting : collection of (str, str)
        Links of the network along which nothing moves.

    Raises
    ------
    ModelError
        For a variable that the model has not, or that nothing with feedback moves.
    """
    if variable is None:
        return Scope()
    known = feedback.network.system.outputs
    starts = [name for name in known if element_form(name) == element_form(variable)]
    starts = starts or [name for name in known if canonical(name.partition("[")[0]) == canonical(variable)]
    if not starts:
        raise ModelError(f"there is no variable {variable!r}; {near_matches(variable, known) or 'check the spelling'}")
    inside = {name for own in feedback.partitions for name in own}
    found = {state for start in starts for state in _behind(start, feedback, resting)} & inside
    if not found:
        raise ModelError(f"no feedback loop moves {starts[0]!r}: choose a variable that depends on a stock in a loop")
    spelt = starts[0] if len(starts) == 1 else starts[0].partition("[")[0]
    return Scope(spelt, tuple(name for name in known if name in found))


def _behind(start: str, feedback: Feedback, resting: Collection[Link]) -> set[str]:
    """Return the last variables on the way back to what carries over: that itself, or what a delay's stock is in."""
    network = feedback.network
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(start, start)]
    while waiting:
        node, shown = waiting.pop()
        if (node, shown) in seen:
            continue
        seen.add((node, shown))
        shown = node if node in network.visible else shown
        if node in network.carried:
            found.add(shown)
        else:
            waiting += [(source, shown) for source in network.into(node) if (source, node) not in resting]
    return found
