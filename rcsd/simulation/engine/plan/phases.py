"""What is worked out when: the equations of each phase of a run, the ends of a step included, rolled up."""

from __future__ import annotations

from rcsd.simulation.engine.plan.rolling import rolled
from rcsd.simulation.ir.family import Unit
from rcsd.simulation.ir.system import Equation, System

_FEW, _FEW_OF_MANY = 8, 3  # equations of a family
_MANY = 1500  # equations


def rate_of(name: str) -> str:
    """Name what a stock is integrated from."""
    return f"~rate of {name}"


def next_of(name: str) -> str:
    """Name what a memory becomes when the step ends."""
    return f"~next {name}"


def entering_of(name: str) -> str:
    """Name what enters a pipe."""
    return f"~entering {name}"


def delay_of(name: str) -> str:
    """Name the length of a pipe."""
    return f"~delay of {name}"


def phases_of(system: System, *, smallest: float | None = None) -> dict[str, list[Unit]]:
    """Return the phases "statics", "start", "steps" and "reports", each in order.

    Parameters
    ----------
    system : System
        To run.
    smallest : float, optional
        As of `rcsd.simulation.engine.plan.rolling.rolled`; when None, few equations of one form are written out, where
        they can share what they work out, unless the system is so large that compiling it would take minutes.
    """
    begun = {equation.name for equation in system.start}
    start = list(system.start)
    start += [Equation(pipe.name, pipe.initial) for pipe in system.pipes if pipe.name not in begun]
    start += [Equation(delay_of(pipe.name), pipe.delay) for pipe in system.pipes]
    steps = list(system.steps)
    steps += [Equation(rate_of(stock.name), stock.rate) for stock in system.stocks]
    steps += [Equation(next_of(memory.name), memory.following) for memory in system.memories]
    steps += [Equation(entering_of(pipe.name), pipe.entering) for pipe in system.pipes]
    equations = {"statics": system.statics, "start": start, "steps": steps, "reports": system.reports}
    if smallest is None:
        smallest = _FEW if sum(map(len, equations.values())) < _MANY else _FEW_OF_MANY
    return {phase: rolled(own, system.fixed, smallest=smallest) for phase, own in equations.items()}
