"""Whether each kind of error is estimated right: parameters, errors and forecasts over many simulated data sets.

``python benchmarks/errors.py [SETS [KIND ...]]`` prints a Markdown table. The truth is exponential growth with errors
of the kind, drawn by NumPy; the fit knows the kind and, unless it is said to be given, no size of the errors.

Bias is the mean of estimate less truth over the standard deviation of the estimates: with 200 sets one that is none
lies within 0.14 of zero with 95 %. The posterior is drawn by its Laplace approximation, and not by chains.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from rcsd.analysis.calibration import (
    Kind,
    Problem,
    Search,
    Spread,
    Target,
    find_mode,
    fit,
    laplace_draws,
    predict,
    profiles,
    starting_points,
)
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import broadcast_inputs

N_SETS, N_DRAWS = 200, 1000
N_CELLS, N_AHEAD = 40, 3
SPACE = ParameterSpace((Parameter("a", 2, 80, "Dmnl", "chosen"), Parameter("g", -0.1, 0.2, "Dmnl", "chosen")))
LEVELS = {"profiles": 0.95, "parameters": 0.90, "errors": 0.90, "forecasts": 0.90}

Vector = NDArray[np.float64]
Draw = Callable[[Vector, np.random.Generator], Vector]
"""Observations about a mean, in consecutive years."""


@dataclass(frozen=True)
class Growth:
    """Exponential growth, as a simulator."""

    name: str = "exponential growth"
    variables: tuple[str, ...] = ("y",)
    constants: Mapping[str, float] = field(default_factory=lambda: {"a": 20.0, "g": 0.03})

    @property
    def units(self) -> dict[str, str]:
        """Unit of every variable."""
        return {"y": "Dmnl"}

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: object = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Evaluate all rows at once."""
        del outputs
        when = np.asarray(times, dtype=np.float64)
        rows, n_runs = broadcast_inputs(inputs, self.constants)
        values = mean_of(when, rows["a"][:, np.newaxis], rows["g"][:, np.newaxis])[..., np.newaxis]
        status = np.full(n_runs, RunStatus.OK)
        return Ensemble(values, when, self.variables, self.units, status, ("",) * n_runs, rows)


def mean_of(years: Vector, a: ArrayLike, g: ArrayLike) -> Vector:
    """Return the truth."""
    return np.asarray(a * np.exp(g * (years - 2000)))


@dataclass(frozen=True)
class Case:
    """A kind of error, the true values of what is estimated of it, and how it is drawn."""

    kind: Kind
    draw: Draw
    truth: tuple[float, ...]
    spread: Spread = Spread()  # noqa: RUF009 - frozen
    error: float | None = None
    n_cells: int = N_CELLS

    @property
    def years(self) -> Vector:
        """Years of the cells and of the forecasts."""
        return np.arange(2001.0, 2001 + self.n_cells + N_AHEAD)

    @property
    def growth(self) -> dict[str, float]:
        """True parameters: from 20 to 66 over the cells."""
        return {"a": 20.0, "g": 1.2 / self.n_cells}


def normal(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw errors with the standard deviation 3."""
    return mean + 3 * rng.standard_normal(mean.size)


def correlated(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw errors with the standard deviation 3 and the autocorrelation 0.5."""
    errors = np.empty(mean.size)
    errors[0] = rng.standard_normal()
    for k in range(1, mean.size):
        errors[k] = 0.5 * errors[k - 1] + np.sqrt(0.75) * rng.standard_normal()
    return mean + 3 * errors


def log_normal(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw errors of the logarithm with the standard deviation 0.1."""
    return mean * np.exp(0.1 * rng.standard_normal(mean.size))


def student(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw errors of scale 3 with 4 degrees of freedom."""
    return mean + 3 * rng.standard_t(4, mean.size)


def log_student(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw errors of the logarithm of scale 0.1 with 4 degrees of freedom."""
    return mean * np.exp(0.1 * rng.standard_t(4, mean.size))


def poisson(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw counts of some 20 to 60."""
    return rng.poisson(mean).astype(float)


def negative_binomial(mean: Vector, rng: np.random.Generator) -> Vector:
    """Draw counts with the dispersion 0.1."""
    return rng.negative_binomial(10, 10 / (10 + mean)).astype(float)


CASES = {
    "normal, error given": Case("normal", normal, (), Spread(scale="given"), 3.0),
    "normal": Case("normal", normal, (3.0,)),
    "normal, autocorrelation estimated": Case("normal", correlated, (3.0, 0.5), Spread(autocorrelation="estimated")),
    "log-normal": Case("log-normal", log_normal, (0.1,)),
    "Student's t": Case("student-t", student, (3.0,)),
    "Student's t, freedom estimated": Case("student-t", student, (3.0, 4.0), Spread(freedom="estimated"), n_cells=300),
    "Student's t of logarithms": Case("log-student-t", log_student, (0.1,)),
    "Poisson": Case("poisson", poisson, ()),
    "negative binomial": Case("negative-binomial", negative_binomial, (0.1,)),
}


def problem_of(case: Case, values: Vector) -> Problem:
    """State the problem of one data set."""
    years = case.years[: case.n_cells]
    series = ObservedSeries("y", "Dmnl", years, values, ((),) * years.size)
    target = Target(series, "y", case.error, case.kind, np.ones(years.size), spread=case.spread)
    return Problem(Growth(), SPACE, (target,), (int(years[0]), int(years[-1])))


@dataclass(frozen=True)
class Outcome:
    """Of one data set: estimates, and which intervals held the truth, by row of the table."""

    estimate: Vector
    noise: Vector
    held: Mapping[str, NDArray[np.bool_]]


def outcome(case: Case, index: int) -> Outcome:
    """Simulate one data set, fit it, and look."""
    rng = np.random.default_rng([18, index])
    every = case.draw(mean_of(case.years, **case.growth), rng)
    problem, truth = problem_of(case, every[: case.n_cells]), np.array(list(case.growth.values()))
    fitted = fit(problem, Search(n_starts=2, max_evaluations=100), rng=np.random.default_rng(1))
    mode = find_mode(problem, np.vstack([fitted.estimate, starting_points(SPACE, 1, rng=rng)]))
    found = profiles(mode.problem, mode.estimate).profiles
    draws, _ = laplace_draws(mode, N_DRAWS, rng)
    (ahead,) = predict(mode.problem, draws, case.years[case.n_cells :], rng=rng)
    held = {
        "profiles": np.array([each.lower <= value <= each.upper for each, value in zip(found, truth, strict=True)]),
        "parameters": _inside(draws.values, truth),
        "errors": _inside(draws.noise[0], np.array(case.truth)),
        "forecasts": _inside(ahead.observed, every[case.n_cells :]),
    }
    noise = () if fitted.noise is None else fitted.noise[0]
    return Outcome(fitted.estimate, np.array(() if noise is None else noise), held)


def _inside(draws: Vector, truth: Vector) -> NDArray[np.bool_]:
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    return np.asarray((low <= truth) & (truth <= high))


def rows(name: str, n_sets: int) -> list[str]:
    """One row of the table for each number."""
    case = CASES[name]
    with ProcessPoolExecutor(1) as pool:
        found = list(pool.map(partial(_outcome_of, name), range(n_sets), chunksize=10))
    estimates = np.array([each.estimate for each in found])
    bias = (estimates.mean(axis=0) - list(case.growth.values())) / estimates.std(axis=0)
    cells = [name, *(f"{value:+.2f}" for value in bias)]
    noise = np.array([each.noise for each in found])
    cells.append(", ".join(f"{m:.3g} ({t:g})" for m, t in zip(np.median(noise, axis=0), case.truth, strict=True)))
    for what in LEVELS:
        held = np.concatenate([each.held[what] for each in found])
        cells.append(f"{100 * held.mean():.1f}%" if held.size else "")
    return ["| " + " | ".join(cells) + " |"]


def _outcome_of(name: str, index: int) -> Outcome:
    return outcome(CASES[name], index)


def main() -> None:
    """Print the table."""
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else N_SETS
    names = sys.argv[2:] or list(CASES)
    bands = [f"{100 * level:.0f}%" for level in LEVELS.values()]
    low, high = (np.array(binom.ppf(q, n_sets, list(LEVELS.values()))) / n_sets for q in (0.025, 0.975))
    span = [f"{100 * a:.0f}% to {100 * b:.0f}%" for a, b in zip(low, high, strict=True)]
    print("| kind | bias of a | of g | errors, median of estimates (truth) | " + " | ".join(LEVELS) + " |")
    print("|---|---|---|---|" + "---|" * len(LEVELS))
    for name in names:
        print(*rows(name, n_sets), sep="\n", flush=True)
    print("| nominal | | | | " + " | ".join(bands) + " |")
    print("| band | | | | " + " | ".join(span) + " |")


if __name__ == "__main__":
    main()
