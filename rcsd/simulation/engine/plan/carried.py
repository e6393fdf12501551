"""What a run must be given to go on from the middle as if it had never stopped."""

from __future__ import annotations

from rcsd.errors import ModelError
from rcsd.simulation.ir.system import System


def carried_names(system: System) -> tuple[str, ...]:
    """Name what carries over from step to step: stocks, memories, and what was settled at the initial time for good.

    Everything else is worked out anew in each step, from these, the constants and the time.

    Raises
    ------
    ModelError
        For a fixed delay: what is under way in it is not to be had.
    """
    if system.pipes:
        owner = system.pipes[0].name.partition("#")[0]
        raise ModelError(
            f"a run of {system.name!r} cannot be stopped and continued, since {owner!r} is a fixed delay (DELAY FIXED "
            "or its like): write it as DELAY N, whose stocks can be set",
            variable=owner,
        )
    stocks = [stock.name for stock in system.stocks]
    memories = [memory.name for memory in system.memories]
    anew = {*stocks, *memories, *(each.name for each in (*system.statics, *system.steps, *system.reports))}
    return (*stocks, *memories, *(each.name for each in system.start if each.name not in anew))
