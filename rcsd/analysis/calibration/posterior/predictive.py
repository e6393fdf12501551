"""What will be observed: runs of drawn parameters, and the errors' own course from the last one on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.posterior.draws import Draws
from rcsd.analysis.calibration.problem import Problem
from rcsd.simulator import Simulator


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

    Errors go on from the last observed cell as their kind says: of "relative" and "absolute", the gap and its last
    change die out as memory and momentum say, and new innovations come in, those of a cell without a flag.

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
        errors = problem.errors[i]
        observed = errors.predict(before.raw[i], simulated, years, draws.noise[i], rng=rng)
        found.append(Predictive(years, simulated, observed))
    return tuple(found)


def replicate(problem: Problem, draws: Draws, *, rng: np.random.Generator) -> tuple[Predictive, ...]:
    """Draw what the cells that count could have been, had history run again (Gelman et al. 2013, section 6.3).

    Errors begin anew: those that remember do so at their anchor or with their stationary spread.

    Parameters
    ----------
    problem
        What was fitted.
    draws
        Of parameters and noise.
    rng
        Draws the innovations.

    Returns
    -------
    tuple of Predictive
        By target, at its own years.
    """
    outputs = tuple(dict.fromkeys(target.variable for target in problem.targets))
    ensemble = problem.simulator.run(draws.inputs, outputs=outputs, times=problem.times)
    found = []
    for i, target in enumerate(problem.targets):
        simulated = ensemble.of(target.variable)[:, np.searchsorted(ensemble.times, target.years)]
        simulated[~ensemble.ok] = np.nan
        observed = problem.errors[i].replicate(simulated, draws.noise[i], rng=rng)
        found.append(Predictive(target.years, simulated, observed))
    return tuple(found)
