"""Check `loops`: the feedback loops of the file of checks are closed and have their polarity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.checks.file.schema import Loop
from rcsd.analysis.checks.subject import Subject
from rcsd.analysis.loops.cycles import Cycle, closed
from rcsd.analysis.loops.graph import feedback_of
from rcsd.analysis.loops.matching import matched
from rcsd.analysis.loops.names import NamedLoop
from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.simulation.checks import Finding
from rcsd.simulation.engine.links import Link, LinkScorer, traced

Signs = tuple[NDArray[np.float64], Mapping[Link, NDArray[np.float64]]]


def loop_findings(subject: Subject) -> Iterator[Finding]:
    """Walk each loop that is declared: every variable moves the next, and the signs multiply to its polarity.

    The polarity is that at its `year`, or without one that of most moments at which all of its links move.
    """
    loops = subject.declared.content.loops
    if not loops:
        return
    subject.require_work(3.0)
    walker = _Walker(subject)
    for i, loop in enumerate(loops):
        message = walker.fault(loop)
        if message:
            yield subject.declared_finding(
                "loops",
                "error",
                loop.through[0],
                ("loops", str(i), "through"),
                f"{loop.name}: {message}",
                "correct the equations of the loop, or what the file of checks says of it",
            )


class _Walker:
    """Measures the signs of links, in the base run and in that of `[coupled]`."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._feedback = feedback_of(subject.system)
        self._scorer = LinkScorer(self._feedback.network, self._feedback.members)

    def fault(self, loop: Loop) -> str:
        """Say what is wrong with a loop; nothing for a sound one."""
        match = matched([NamedLoop(loop.name, tuple(loop.through))], self._feedback)
        if match.faults:
            return match.faults[0].removeprefix(f"the loop {loop.name!r} ")
        times, signs = self._coupled if loop.coupled else self._base
        wanted = 1.0 if loop.polarity == "R" else -1.0
        for cycle in match.names:
            found = self._polarity(cycle, signs, None if loop.year is None else int(np.argmin(abs(times - loop.year))))
            if found * wanted < 0:
                at = "in most of the run" if loop.year is None else f"at {loop.year:g}"
                kind = "balancing" if wanted > 0 else "reinforcing"
                return f"is {kind} {at} and ought to be {loop.polarity} ({' -> '.join(cycle)})"
        return ""

    def _polarity(self, cycle: Cycle, signs: Mapping[Link, NDArray[np.float64]], at: int | None) -> float:
        """Return the sign of a loop at a moment, or of most moments; 0 where it is at rest."""
        product = np.prod([signs[link] for link in closed(cycle)], axis=0)
        return float(np.sum(np.sign(product)) if at is None else product[min(at, product.size - 1)])

    @cached_property
    def _base(self) -> Signs:
        return self._signs({})

    @cached_property
    def _coupled(self) -> Signs:
        declared = self._subject.declared.content.coupled
        return self._signs({} if declared is None else declared.set)

    def _signs(self, inputs: Mapping[str, float]) -> Signs:
        """Run the model and measure the sign of each link at every step.

        Raises
        ------
        ParameterError
            For a constant that the model does not have.
        """
        system = self._feedback.network.system
        known = {canonical(name): name for name in system.constants}
        unknown = [name for name in inputs if canonical(name) not in known]
        if unknown:
            raise ParameterError(f"[coupled] sets {unknown[0]!r}, which is no constant of the model: correct the name")
        rows = {known[canonical(name)]: np.array([value]) for name, value in inputs.items()}
        trace = traced(system, rows, range(1), self._scorer.needed, seed=0)
        combined = self._feedback.combined(self._scorer.signs(trace))
        return trace.times, {link: each[:, 0] for link, each in combined.items()}
