"""Runs that did not end well: counted, listed with their parameters, and never dropped in silence.

A hole in a Saltelli sample spoils every index, and rows cannot be left out: each belongs to a block of rows that are
compared with one another. So either the analysis refuses, or a failed run is replaced by a stated rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError, SensitivityError, SimulationError

if TYPE_CHECKING:
    import pandas as pd

OnFailure = Literal["refuse", "median"]
"""What to do when runs fail: stop, or put the median of the other runs in the place of each."""

RULES: dict[OnFailure, str] = {
    "refuse": "the analysis refuses when a run fails",
    "median": "a run that fails is replaced as a whole by the median, at each time and of each output, of the runs "
    "that ended well",
}

_SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False)
class Failures:
    """The failed runs of a sample.

    Attributes
    ----------
    n_runs : int
        Runs of the whole sample.
    rows : NDArray of int, shape (n_failed,)
        Which rows of the sample failed.
    names : tuple of str
        The parameters.
    parameters : NDArray, shape (n_failed, parameter)
        Their values in the failed runs.
    messages : tuple of str
        Why each failed.
    rule : {"refuse", "median"}
        What was done about them.
    """

    n_runs: int
    rows: NDArray[np.int_]
    names: tuple[str, ...]
    parameters: NDArray[np.float64]
    messages: tuple[str, ...]
    rule: OnFailure

    @property
    def n(self) -> int:
        """How many runs failed."""
        return len(self.rows)

    def to_frame(self) -> pd.DataFrame:
        """Return a row per failed run: its row in the sample, its parameters and why it failed."""
        import pandas as pd  # noqa: PLC0415 - slow to import, needed here alone

        frame = pd.DataFrame(self.parameters, columns=list(self.names))
        frame.insert(0, "row", self.rows)
        frame["message"] = list(self.messages)
        return frame

    def words(self) -> str:
        """Count the failed runs and quote the first few with their parameters."""
        quoted = [self._quoted(place) for place in range(min(self.n, _SHOWN))]
        more = f"; and {self.n - _SHOWN:,} more" if self.n > _SHOWN else ""
        return f"{self.n:,} of {self.n_runs:,} runs failed: {'; '.join(quoted)}{more}"

    def _quoted(self, place: int) -> str:
        values = zip(self.names, self.parameters[place], strict=True)
        inputs = ", ".join(f"{name} = {value:.6g}" for name, value in values)
        return f"row {self.rows[place]} ({inputs}): {self.messages[place] or 'no reason given'}"


class RefusedError(SensitivityError):
    """The refusal of a sample with failed runs.

    Parameters
    ----------
    message : str
        How many, the first of them, and the remedy.
    failures : Failures, optional
        All of them.
    """

    def __init__(self, message: str, failures: Failures | None = None) -> None:
        super().__init__(message)
        self.failures = failures


def check_rule(rule: str) -> None:
    """Refuse a rule that is none.

    Raises
    ------
    ParameterError
        Naming those there are.
    """
    if rule not in RULES:
        raise ParameterError(f"on failure {rule!r}: there is no such rule; use {' or '.join(map(repr, RULES))}")


def resolve(values: NDArray[np.float64], failures: Failures) -> None:
    """Put the rule for failed runs into effect, in place.

    Parameters
    ----------
    values : NDArray, shape (run, time, output)
        Runs, of which those in `failures.rows` are replaced.
    failures : Failures
        The failed runs and the rule.

    Raises
    ------
    RefusedError
        When the rule is to refuse.
    SimulationError
        When every run failed.
    """
    if failures.n == 0:
        return
    if failures.n == failures.n_runs:
        raise SimulationError(f"{failures.words()}; check the inputs and their ranges")
    if failures.rule == "refuse":
        raise RefusedError(
            f"{failures.words()}. Narrow the ranges, or choose the rule 'median': {RULES['median']}", failures
        )
    good = np.ones(len(values), dtype=np.bool_)
    good[failures.rows] = False
    for output in range(values.shape[2]):  # one output at a time: the median makes a copy
        values[failures.rows, :, output] = np.median(values[good, :, output], axis=0)


def failures_of(
    failed: Sequence[tuple[int, str]], rows: NDArray[np.float64], names: tuple[str, ...], n_runs: int, rule: OnFailure
) -> Failures:
    """Arrange failed runs, given as (row, why) with the natural values of those rows."""
    return Failures(
        n_runs,
        np.array([row for row, _ in failed], dtype=np.int_),
        names,
        rows,
        tuple(message for _, message in failed),
        rule,
    )
