"""What an observed value is of a variable: its value at the end of a stretch of time, its mean or its sum over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock.clock import ONE, Span

Measure = Literal["end", "mean", "sum"]
"""End: the value where the stretch ends. Mean: over the stretch. Sum: the integral over it, in the variable's unit
times the model's unit of time."""

Method = Literal["euler", "rk2", "rk4"]

SLACK: Final = 1e-4
"""Share of a step by which a time may miss a whole one, for what a division leaves over."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is observed of a variable.

    Attributes
    ----------
    measure
        Which.
    span
        How long a stretch lasts, for a mean and a sum.
    """

    measure: Measure = "end"
    span: Span = ONE


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a model from one of them to another.

    Attributes
    ----------
    start, step
        Initial time and length of a step.
    first, last
        Places of the first and the last step that are looked at, counted from the initial time.
    """

    start: float
    step: float
    first: int
    last: int

    @property
    def times(self) -> NDArray[np.float64]:
        """The model's time at each, shape (n,)."""
        return np.asarray(self.start + np.arange(self.first, self.last + 1) * self.step)

    def at(self, values: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Read values (..., n) at times between steps, along the straight line from one to the next; (..., n_times)."""
        exact = places_of(self.start, self.step, times) - self.first
        place = np.floor(exact).astype(np.intp)
        share, found = exact - place, values[..., place]
        after = values[..., np.minimum(place + 1, values.shape[-1] - 1)]
        with np.errstate(invalid="ignore"):  # a run that diverged has no value between two infinite ones
            # where a time is a step, what follows has no say, not even where it is no number
            return np.asarray(np.where(share > 0, found + share * (after - found), found))

    def integrals(
        self, values: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64], method: Method
    ) -> NDArray[np.float64]:
        """Integrate values (..., n) from each beginning to its end, shape (..., n_times).

        As the model's own stocks do: Euler's method takes the value at the beginning of a step for all of it, so that
        the integral of a flow is what its stock gains; the others' is taken by trapezoids.
        """
        before, after = values[..., :-1], values[..., 1:]
        each = before if method == "euler" else (before + after) / 2
        total = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(each, axis=-1) * self.step], axis=-1)
        return self.at(total, end) - self.at(total, begin)


def places_of(start: float, step: float, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the steps from the initial time to some times, whole ones where these are steps."""
    exact = (times - start) / step
    near = np.round(exact)
    return np.where(np.abs(exact - near) <= SLACK, near, exact)


def steps_around(start: float, step: float, times: NDArray[np.float64]) -> Steps:
    """Return the steps from the last one before some times to the first one after them."""
    exact = places_of(start, step, times)
    return Steps(start, step, int(np.floor(exact.min())), int(np.ceil(exact.max())))
