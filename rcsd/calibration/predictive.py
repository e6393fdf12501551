"""What will be observed: runs of drawn parameters, and the residuals' own course from the last one on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.calibration.draws import Draws
from rcsd.calibration.noise import FREEDOM, spread
from rcsd.calibration.problem import Problem
from rcsd.ensemble import Simulator


@dataclass(frozen=True, slots=True)
class Predictive:
    """Draws of one series at some years.

    Attributes
    ----------
    years
        Shape (n_years,).
    simulated
        The runs, shape (n_draws, n_years); NaN in the row of a run that failed.
    observed
        The runs with residuals: what a yearbook would print, shape (n_draws, n_years).
    """

    years: NDArray[np.float64]
    simulated: NDArray[np.float64]
    observed: NDArray[np.float64]


def predict(
    problem: Problem,
    draws: Draws,
    years: NDArray[np.float64],
    *,
    rng: np.random.Generator,
    simulator: Simulator | None = None,
    inputs: Mapping[str, ArrayLike] | None = None,
) -> tuple[Predictive, ...]:
    """Predict every target at years after the problem's window.

    The residual of the last observed cell dies out as its memory says, and new innovations come in, those of a cell
    without a flag.

    Parameters
    ----------
    problem
        What was fitted: its window's last residuals are where the residuals go on from.
    draws
        Of parameters and noise.
    years
        Increasing, after the last cell that counts.
    rng
        Draws the innovations.
    simulator
        In place of the problem's own.
    inputs
        Further inputs, beside the drawn parameters, scalars or shape (n_draws,).

    Returns
    -------
    tuple of Predictive
        By target.
    """
    before = problem.misfit(problem.space.to_search(draws.values))
    outputs = tuple(dict.fromkeys(target.variable for target in problem.targets))
    runs = simulator or problem.simulator
    ensemble = runs.run({**draws.inputs, **(inputs or {})}, outputs=outputs, times=years)
    bad = ~(ensemble.ok & before.ok)
    found = []
    for i, target in enumerate(problem.targets):
        simulated = ensemble.of(target.variable).copy()
        simulated[bad] = np.nan
        raw = before.residuals[i]
        course = _course(raw, target.years, years, draws.scales[:, i], draws.memories[:, i], rng)
        observed = (
            simulated * np.exp(-target.error * course)
            if target.kind == "relative"
            else simulated - target.error * course
        )
        found.append(Predictive(years, simulated, observed))
    return tuple(found)


def _course(
    raw: NDArray[np.float64],
    seen: NDArray[np.float64],
    years: NDArray[np.float64],
    scales: NDArray[np.float64],
    memories: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Continue residuals (n_draws, n_seen) to later years, shape (n_draws, n_years)."""
    course = np.empty((len(scales), years.size))
    fresh = rng.standard_t(FREEDOM, course.shape)
    last, at = raw[:, -1], seen[-1]
    for k, year in enumerate(years):
        course[:, k] = last = memories ** (year - at) * last + scales * spread(memories, year - at) * fresh[:, k]
        at = year
    return course
