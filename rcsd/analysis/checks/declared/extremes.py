"""Check `extremes`: the runs that the file of checks describes, and what must come of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rcsd.analysis.checks.file.schema import Case
from rcsd.analysis.checks.stocks import first_lost
from rcsd.analysis.checks.subject import Subject, Unmade, quiet
from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.simulation.checks import Finding

_STILL, _ZERO, _NEAR_ZERO, _SETTLED = 1e-12, 1e-15, 1e-9, 1e-3
_TABLES = ("extremes", "levers", "couplings", "links")
Keys = tuple[str, ...]


def extreme_findings(subject: Subject) -> Iterator[Finding]:
    """Make each case of the file of checks and report what does not come of it as declared."""
    every = [
        (case, (table, str(i))) for table in _TABLES for i, case in enumerate(getattr(subject.declared.content, table))
    ]
    yield from judged(subject, every)


def judged(subject: Subject, cases: Sequence[tuple[Case, Keys]]) -> Iterator[Finding]:
    """Run cases, all at once, and judge each.

    Parameters
    ----------
    subject : Subject
        The model.
    cases : sequence of (Case, tuple of str)
        What is set and what must come of it, each with its place in the file of checks.
    """
    able = []
    for case, keys in cases:
        if (fault := _fault(subject, case)) is None:
            able.append((case, keys))
        else:
            yield _Judge(subject, case, keys).finding(None, "set", f"cannot be run: {fault}", "correct the name")
    if not able:
        return
    run = subject.run_many([case.set for case, _ in able])
    for row, (case, keys) in enumerate(able):
        yield from _Judge(subject, case, keys).findings(run, row)


def _fault(subject: Subject, case: Case) -> str | None:
    """Say what in a case no run can set."""
    if all(name in subject.system.constants for name in case.set):
        return None
    try:
        simulator = subject.simulator_for(case.set)
        with quiet():
            simulator.batch(case.set)
    except ParameterError as error:
        return str(error)
    return None


class _Judge:
    """Says what does not hold in the run of a case."""

    def __init__(self, subject: Subject, case: Case, keys: Keys) -> None:
        self._subject = subject
        self._case = case
        self._words = case.name or ", ".join(f"{name} = {value:g}" for name, value in self._case.set.items())
        self._keys = keys

    def findings(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Judge one row of a run with every variable."""
        yield from self._stocks(run, row)
        yield from self._bounds(run, row)
        yield from self._directions(run, row)
        yield from self._levels(run, row)
        yield from self._zeros(run, row)

    def finding(self, variable: str | None, key: str, message: str, remedy: str = "") -> Finding:
        """Report what fails, at the key of the case that asks for it."""
        return self._subject.declared_finding(
            "extremes",
            "error",
            variable,
            (*self._keys, key) if key else self._keys,
            f"{self._words}: {message}",
            remedy or "correct the equations, or what the case expects",
        )

    def _stocks(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Every stock stays finite and, unless it may be negative, above zero."""
        names = list(self._subject.stocks)
        if any(not np.isfinite(run.of(name)[row]).all() for name in names):
            variable, time = first_lost(self._subject, run, row)
            yield self.finding(variable, "set", f"{variable!r} is not a finite number from time {time:g} on")
            return
        for element, time in self._subject.negative(run, row).items():
            if not self._subject.may_be_negative(element):
                yield self.finding(element, "set", f"the stock {element!r} falls below zero at time {time:g}")

    def _bounds(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Every variable with bounds stays within them."""
        for name, (low, high) in self._subject.declared.content.bounds.items():
            for element in self._elements(name, run):
                values = run.of(element)[row]
                if not ((values >= low) & (values <= high + _STILL)).all():
                    worst = float(values[int(np.argmax(np.maximum(low - values, values - high)))])
                    yield self.finding(
                        element, "set", f"{element!r} is {worst:g}, outside its bounds {low:g} to {high:g}"
                    )

    def _directions(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Compare what must rise or fall with the base run."""
        at = _moment(run, self._case.year)
        base = self._subject.base
        for key, names, sign in (("rises", self._case.rises, 1.0), ("falls", self._case.falls, -1.0)):
            for name in names:
                for element in self._elements(name, run):
                    new, old = float(run.of(element)[row, at]), float(base.of(element)[0, at])
                    if not sign * (new - old) > 0:
                        yield self.finding(
                            element,
                            key,
                            f"{element!r} ought to {key.removesuffix('s')} by time {run.times[at]:g}, and goes from "
                            f"{old:g} in the base run to {new:g}",
                        )

    def _levels(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Look at what must not move, and at what must settle."""
        for name in self._case.constant:
            for element in self._elements(name, run):
                if not np.ptp(run.of(element)[row]) < _STILL:
                    yield self.finding(element, "constant", f"{element!r} ought not to move, and does")
        for name, value in self._case.settles.items():
            for element in self._elements(name, run):
                end = float(run.of(element)[row, -1])
                if not abs(end - value) <= _SETTLED:
                    yield self.finding(
                        element, "settles", f"{element!r} ought to settle at {value:g}, and ends at {end:g}"
                    )

    def _zeros(self, run: Ensemble, row: int) -> Iterator[Finding]:
        """Look at what must be nothing."""
        for key, names, most in (("zero", self._case.zero, _ZERO), ("near_zero", self._case.near_zero, _NEAR_ZERO)):
            for name in names:
                for element in self._elements(name, run):
                    size = float(np.max(np.abs(run.of(element)[row])))
                    if not size < most:
                        yield self.finding(
                            element, key, f"{element!r} ought to be zero throughout, and reaches {size:g}"
                        )

    def _elements(self, name: str, run: Ensemble) -> list[str]:
        """Name elements; check `names` tells of a variable that is not there."""
        return self._subject.elements(name, run)


def _moment(run: Ensemble, year: float | None) -> int:
    """Return the place of a time among those that are saved.

    Raises
    ------
    Unmade
        When it is not.
    """
    if year is None:
        return len(run.times) - 1
    at = int(np.argmin(np.abs(run.times - year)))
    if abs(run.times[at] - year) > 1e-6 * max(1.0, abs(year)):
        raise Unmade(f"a case is compared at {year:g}, when the model saves nothing; the nearest is {run.times[at]:g}")
    return at
