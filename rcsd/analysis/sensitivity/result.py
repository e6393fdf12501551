"""What a sensitivity analysis returns, and its labelled forms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import IDENTITY, Clock, at_time
from rcsd.analysis.sensitivity.absolute import Sizes, sizes
from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.failures import RULES, Failures
from rcsd.analysis.sensitivity.pawn import PawnIndices
from rcsd.errors import ModelError, ParameterError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeIndices:
    """The indices of one number derived from a trajectory.

    Attributes
    ----------
    name, output, unit : str
        What it is, of which output, and its unit; empty for a time.
    is_time : bool
        Whether it is a time.
    n_never : int
        In how many runs there was no such number.
    never : float or None
        What stands in for these; None: nothing does, and one such run leaves the outcome without indices.
    mean, sd : float
        Over all runs of the sample; NaN when undefined in one.
    levels : tuple of Indices
        Over no axis but the parameters, from growing parts of the sample; the whole comes last.
    """

    name: str
    output: str
    unit: str
    is_time: bool
    n_never: int
    never: float | None
    mean: float
    sd: float
    levels: tuple[Indices, ...]

    @property
    def indices(self) -> Indices:
        """From the whole sample."""
        return self.levels[-1]

    def told(self, clock: Clock) -> tuple[float, float, float | None]:
        """Return mean, standard deviation and stand-in for a document: a time and its spread in the model's time."""
        if not self.is_time or clock.identity or math.isnan(self.mean):
            return self.mean, self.sd, self.never
        period = math.floor(self.mean)
        begin, end = map(float, clock.to_model([period, period + 1]))
        never = None if self.never is None else float(clock.to_model(self.never))
        return begin + (self.mean - period) * (end - begin), self.sd * (end - begin), never

    @property
    def undefined(self) -> bool:
        """Whether it has no indices because runs lack it."""
        return self.never is None and self.n_never > 0


@dataclass(frozen=True, slots=True, eq=False)
class SobolResult:
    """Sobol indices of every output at every saved time.

    Attributes
    ----------
    parameters, distributions, parameter_units : tuple of str
        What varied, how, and its unit.
    outputs : tuple of str
        What was analysed.
    units : mapping of str to str
        Unit of each output.
    times : NDArray, shape (time,)
        Saved times.
    confidence, n_resamples : float, int
        Level of the intervals and how many resamples they come from.
    mean, sd : NDArray, shape (time, output)
        Of the output over all runs of the sample, in its unit.
    levels : tuple of Indices
        Over (time, output), from the first N/8, N/4, N/2 and N base rows of the one sample; second order from the whole
        only.
    outcomes : tuple of OutcomeIndices
        What was derived from trajectories.
    pawn : tuple of PawnIndices
        The second opinion, where it was asked for.
    failures : Failures
        Failed runs.
    clock : Clock
        Says what the saved times are: they count its periods.
    """

    parameters: tuple[str, ...]
    distributions: tuple[str, ...]
    parameter_units: tuple[str, ...]
    outputs: tuple[str, ...]
    units: Mapping[str, str]
    times: NDArray[np.float64]
    confidence: float
    n_resamples: int
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    levels: tuple[Indices, ...]
    outcomes: tuple[OutcomeIndices, ...]
    pawn: tuple[PawnIndices, ...]
    failures: Failures
    clock: Clock = IDENTITY

    @property
    def indices(self) -> Indices:
        """From the whole sample, over (time, output)."""
        return self.levels[-1]

    @property
    def n_base(self) -> int:
        """N, rows of the base samples."""
        return self.indices.n_base

    @property
    def n_runs(self) -> int:
        """Runs of the sample."""
        return self.failures.n_runs

    def output_index(self, output: str) -> int:
        """Place of an output.

        Raises
        ------
        ModelError
            When it was not analysed.
        """
        if output not in self.outputs:
            raise ModelError(f"{output!r} was not analysed; analysed: {', '.join(self.outputs)}")
        return self.outputs.index(output)

    def time_index(self, time: float) -> int:
        """Place of a saved time.

        Raises
        ------
        ParameterError
            When it was not saved.
        """
        found = np.flatnonzero(np.isclose(self.times, time, rtol=0, atol=1e-9))
        if found.size == 0:
            raise ParameterError(f"time {time:g} was not saved; saved: {self.times[0]:g} to {self.times[-1]:g}")
        return int(found[0])

    def sizes(self, output: int) -> Sizes:
        """Say how large the effects on an output are that total-order indices are shares of, given its place."""
        unit = self.units.get(self.outputs[output], "")
        return sizes(self.mean[:, output], self.sd[:, output], self.indices.shown.total[:, output], unit)

    def notes(self) -> tuple[str, ...]:
        """Say in sentences what a reader must know of missing indices and replaced runs."""
        found = []
        if self.failures.n:
            found.append(f"{self.failures.words()}. By the rule chosen, {RULES[self.failures.rule]}.")
        found += [
            f"Constant over the sample {at_time(years)}, and without indices there: {outputs}."
            for years, outputs in self._years(self.indices.constant)
        ]
        found += [
            f"Not determined {at_time(years)}: {outputs}. {self._tail}"
            for years, outputs in self._years(self.indices.undetermined)
        ]
        for outcome in self.outcomes:
            if outcome.undefined:
                found.append(f"{outcome.name}: {outcome.n_never:,} of {self.n_runs:,} runs have none, so no indices.")
            elif outcome.n_never:
                found.append(
                    f"{outcome.name}: {outcome.n_never:,} of {self.n_runs:,} runs have none and count as "
                    f"{outcome.never:g}."
                )
            elif outcome.indices.constant:
                found.append(f"{outcome.name} is the same in all runs: it has no indices.")
        lost = [outcome.name for outcome in self.outcomes if outcome.indices.undetermined]
        if lost:
            found.append(f"Not determined: {', '.join(lost)}. {self._tail}")
        return tuple(found)

    @property
    def _tail(self) -> str:
        """Say why indices are not determined, and what helps."""
        return (
            f"The distribution over the sample has too heavy a tail for N = {self.n_base}: analyse the logarithm or "
            "narrow the bounds."
        )

    def _years(self, mask: NDArray[np.bool_]) -> list[tuple[str, str]]:
        """List years and the outputs that a mask, shape (time, output), marks in just these."""
        by_years: dict[str, list[str]] = {}
        for index, output in enumerate(self.outputs):
            if mask[:, index].any():
                by_years.setdefault(_spans(self.clock, self.times, mask[:, index]), []).append(output)
        return [(years, ", ".join(outputs)) for years, outputs in by_years.items()]

    def to_frame(self) -> pd.DataFrame:
        """Return a row per output, time and parameter: S1 and ST and the half-widths of their intervals."""
        from rcsd.analysis.sensitivity import labelled  # noqa: PLC0415 - imports pandas and xarray

        return labelled.orders_frame(self, self.indices)

    def to_xarray(self) -> xr.Dataset:
        """Return a dataset: S1 and ST over (N, output, time, parameter), S2 over (output, time, parameter, other).

        The axis N holds the parts of the sample, for convergence; its last place is the whole. Mean and standard
        deviation of every output are beside the indices, and whether it is constant, or undetermined by the sample.
        Indices have no unit.
        """
        from rcsd.analysis.sensitivity import labelled  # noqa: PLC0415 - likewise

        return labelled.dataset(self)


def _spans(clock: Clock, times: NDArray[np.float64], mask: NDArray[np.bool_]) -> str:
    """Write the times of a mask as ranges of neighbours, such as "2000, 2004-2006"."""
    places = np.flatnonzero(mask)
    groups = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    return ", ".join(
        clock.label(times[group[0]]) if group.size == 1 else clock.span_words(times[group[0]], times[group[-1]])
        for group in groups
    )
