"""A calibration problem: a simulator, what may vary, and the cells of the fit window, nothing else.

A problem holds no observation outside its window: series with cells outside are refused, so the hold-out years cannot
reach the cost, its weights or its scales.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.errors.model import ErrorModel, NoiseValues
from rcsd.analysis.calibration.target import Target
from rcsd.analysis.parameters import ParameterSpace
from rcsd.errors import ParameterError
from rcsd.simulator import Simulator

PENALTY = 1e6
"""Every residual of a run that diverged, raised, or has no logarithm: worse than any run that ended."""
_RUN_AWAY = 1e100
"""Residual from which on a run counts as diverged: neither its square nor that of its slopes is a number any more."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """What a batch of runs gives at the cells, whatever is known of their errors.

    Attributes
    ----------
    raw
        By target, what `ErrorModel.raw` makes of the runs, shape (n_rows, n_cells); NaN where an observation would be
        impossible.
    ok
        Shape (n_rows,): whether no observation would be.
    message
        What the first failed run said, or empty.
    """

    raw: tuple[NDArray[np.float64], ...]
    ok: NDArray[np.bool_]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Residuals of a batch of runs, ready to be squared and summed.

    Attributes
    ----------
    residuals
        Shape (n_rows, n_residuals): data, target by target, then priors.
    ok
        Shape (n_rows,): False where the row is a penalty.
    message
        What the first failed run said, or empty.
    """

    residuals: NDArray[np.float64]
    ok: NDArray[np.bool_]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Find the point of `space` whose run reproduces `targets` inside `window`.

    Attributes
    ----------
    simulator
        Fixed constants and driver tables are already inside it.
    space
        The parameters to estimate, all of them settable constants of the simulator.
    targets
        Their series hold cells of the window only.
    window
        First and last year.
    noise
        What is known of each target's errors; where it is None they are as stated: for "relative" and "absolute"
        independent and normal.
    errors
        The errors of each target.

    Raises
    ------
    ParameterError
        For a series with a cell outside the window, or when no cell at all counts.
    """

    simulator: Simulator
    space: ParameterSpace
    targets: tuple[Target, ...]
    window: tuple[int, int]
    noise: tuple[NoiseValues | None, ...] | None = None
    times: NDArray[np.float64] = field(init=False)
    errors: tuple[ErrorModel, ...] = field(init=False)

    def __post_init__(self) -> None:
        first, last = self.window
        for target in self.targets:
            years = target.series.years
            if np.any((years < first) | (years > last)):
                raise ParameterError(
                    f"series {target.series.name!r} has cells outside the fit window {first}-{last}: "
                    "a calibration may see the fit window only; cut the series with `.window(first, last)`"
                )
        times = np.unique(np.concatenate([np.empty(0), *(target.years for target in self.targets)]))
        if times.size == 0:
            raise ParameterError(f"no cell of the fit window {first}-{last} counts: there is nothing to fit")
        object.__setattr__(self, "times", times)
        object.__setattr__(self, "errors", tuple(target.errors for target in self.targets))

    @property
    def n_data(self) -> int:
        """How many cells count."""
        return sum(target.years.size for target in self.targets)

    def residuals(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Residuals at one point of the search scale, shape (n_residuals,); all `PENALTY` when the run fails."""
        return np.asarray(self.evaluate(z[np.newaxis, :]).residuals[0])

    def misfit(self, rows: NDArray[np.float64]) -> Misfit:
        """Run many points of the search scale, shape (n_rows, n_parameters), in one batch."""
        natural = self.space.from_search(rows)
        inputs = {name: natural[:, column] for column, name in enumerate(self.space.names)}
        outputs = tuple(dict.fromkeys(target.variable for target in self.targets))
        ensemble = self.simulator.run(inputs, outputs=outputs, times=self.times)
        parts = tuple(
            errors.raw(ensemble.of(target.variable)[:, np.searchsorted(ensemble.times, target.years)])
            for target, errors in zip(self.targets, self.errors, strict=True)
        )
        ok = ensemble.ok & np.all(np.abs(np.concatenate(parts, axis=1)) < _RUN_AWAY, axis=1)
        return Misfit(parts, ok, _first_message(ok, ensemble.messages))

    def evaluate(self, rows: NDArray[np.float64]) -> Evaluation:
        """Residuals of many points of the search scale, shape (n_rows, n_parameters), in one batch of runs."""
        misfit = self.misfit(rows)
        residuals = self.scaled(misfit, rows)
        # counts of what a run never has: their residual is infinite, although the run came to its end
        ok = misfit.ok & np.all(np.abs(residuals) < _RUN_AWAY, axis=1)
        residuals[~ok] = PENALTY
        return Evaluation(residuals, ok, misfit.message or _first_message(ok, ("",) * ok.size))

    def scaled(self, misfit: Misfit, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scaled residuals, shape (n_rows, n_residuals), of what a batch of runs has given."""
        noises = self.noise or (None,) * len(self.targets)
        parts = [
            errors.plain_roots(raw) if noise is None else errors.roots(raw, noise)
            for errors, raw, noise in zip(self.errors, misfit.raw, noises, strict=True)
        ]
        residuals = np.concatenate([*parts, self.space.prior_residuals(rows)], axis=1)
        residuals[~misfit.ok] = PENALTY
        return residuals


def _first_message(ok: NDArray[np.bool_], messages: tuple[str, ...]) -> str:
    """Quote the first failed run; a run that ended but has no residual says nothing itself."""
    failed = np.flatnonzero(~ok)
    if failed.size == 0:
        return ""
    return messages[failed[0]] or "a target variable is not positive and finite at every observed year, or runs away"
