"""How often intervals hold the truth: profiles, posterior and forecasts over many simulated data sets.

``python benchmarks/intervals.py [SETS [PROBLEM ...]]`` prints a Markdown table. Four problems whose truth is known: a
line, exponential growth, logistic growth, and two species of Lotka and Volterra. Each data set is the truth with noise
as forecasts draw it (momentum, shifts and errors of observation, all of them t; scale and memory drawn from their
priors), or with independent normal errors of the stated size where errors are known. The posterior is drawn by its
Laplace approximation, as rolling forecasts are, and not by chains. Nominal is 95 % for profiles and 90 % for the rest;
the last column is the 95 % band of a share that is exactly nominal.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import binom

import rcsd
from rcsd.analysis.calibration import Problem, Target, find_mode, laplace_draws, predict, profiles, starting_points
from rcsd.analysis.calibration.course import GapCourse, State, draw_course
from rcsd.analysis.calibration.noise import FREEDOM, SCALE_SD
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import Simulator, broadcast_inputs

N_SETS, N_DRAWS = 200, 1000
YEARS, AHEAD = np.arange(2001.0, 2013.0), np.array([2013.0, 2014.0, 2015.0])
LEVELS = {
    "profiles, errors known": 0.95,
    "profiles, noise estimated": 0.95,
    "Laplace approximation": 0.90,
    "forecast, 1 to 3 years": 0.90,
}
COURSE = GapCourse(momentum=0.5, shift=1.0, observation=0.5, memory=0.9, memory_sd=0.5)
"""How gaps go on: every part of the process is there."""
Formula = Callable[[NDArray[np.float64], Mapping[str, float]], dict[str, NDArray[np.float64]]]


def line(times: NDArray[np.float64], c: Mapping[str, float]) -> dict[str, NDArray[np.float64]]:
    """Level and slope."""
    return {"y": c["a"] + c["b"] * (times - 2000)}


def exponential(times: NDArray[np.float64], c: Mapping[str, float]) -> dict[str, NDArray[np.float64]]:
    """Growth at a constant rate."""
    return {"y": c["a"] * np.exp(c["g"] * (times - 2000))}


def logistic(times: NDArray[np.float64], c: Mapping[str, float]) -> dict[str, NDArray[np.float64]]:
    """Verhulst's growth from a known beginning."""
    return {"y": c["K"] / (1 + (c["K"] / 10 - 1) * np.exp(-c["r"] * (times - 2000)))}


LOTKA_VOLTERRA = """{UTF-8}
prey = INTEG(prey*(birth - 0.02*predators), 60) ~ head ~ |
predators = INTEG(predators*(0.01*prey - death), 20) ~ head ~ |
birth = 0.6 ~ 1/Year ~ |
death = 0.6 ~ 1/Year ~ |
INITIAL TIME = 2000 ~ Year ~ |
FINAL TIME = 2015 ~ Year ~ |
TIME STEP = 0.03125 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
"""
"""Prey and predators as stocks and flows, one cycle in about ten years."""


@dataclass(frozen=True)
class ClosedForm:
    """A simulator given by a formula of time and constants."""

    formula: Formula
    constants: Mapping[str, float]
    variables: tuple[str, ...]
    name: str = "closed form"

    @property
    def units(self) -> dict[str, str]:
        """Unit of every variable."""
        return dict.fromkeys(self.variables, "Dmnl")

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: object = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Evaluate the formula row by row."""
        del outputs
        when = np.asarray(times, dtype=np.float64)
        rows, n_runs = broadcast_inputs(inputs, self.constants)
        runs = [self.formula(when, {k: float(v[i]) for k, v in rows.items()}) for i in range(n_runs)]
        values = np.stack([np.column_stack([run[name] for name in self.variables]) for run in runs])
        ok = np.isfinite(values).all(axis=(1, 2))
        return Ensemble(
            values,
            when,
            self.variables,
            self.units,
            np.where(ok, RunStatus.OK, RunStatus.DIVERGED),
            ("",) * n_runs,
            rows,
        )


@cache
def lotka_volterra() -> Simulator:
    """Load the model, integrated by Runge and Kutta's method."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lotka_volterra.mdl"
        path.write_text(LOTKA_VOLTERRA, "utf-8")
        return rcsd.load(path).simulator(method="rk4")


@dataclass(frozen=True)
class Case:
    """A problem with a known truth: parameters with bounds and priors, and the stated relative error.

    A problem without a formula is a model.
    """

    formula: Formula | None
    variables: tuple[str, ...]
    truth: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    error: float = 0.05

    def simulator(self) -> Simulator:
        """Make what runs it."""
        if self.formula is None:
            return lotka_volterra()
        return ClosedForm(self.formula, self.truth, self.variables)


CASES = {
    "line": Case(line, ("y",), {"a": 20.0, "b": 2.0}, {"a": (5, 60), "b": (0.1, 8)}),
    "exponential growth": Case(exponential, ("y",), {"a": 10.0, "g": 0.08}, {"a": (2, 40), "g": (-0.1, 0.4)}),
    "logistic growth": Case(logistic, ("y",), {"K": 100.0, "r": 0.5}, {"K": (30, 300), "r": (0.05, 2)}),
    "Lotka and Volterra": Case(
        None, ("prey", "predators"), {"birth": 0.6, "death": 0.6}, {"birth": (0.2, 1.2), "death": (0.2, 1.2)}
    ),
}


def noise(case: Case, rng: np.random.Generator, *, assumed: bool) -> NDArray[np.float64]:
    """Draw residuals in units of the error, shape (n_variables, n_years), up to the last year ahead."""
    shape = (len(case.variables), YEARS.size + AHEAD.size)
    if not assumed:
        return rng.standard_normal(shape)
    scale = np.exp(SCALE_SD * rng.standard_normal(shape[0]))
    memory = expit(logit(COURSE.memory) + COURSE.memory_sd * rng.standard_normal(shape[0]))
    anchor, years = float(YEARS[0]) - 1, np.concatenate([YEARS, AHEAD])
    return draw_course(State.at_anchor(), anchor, years, scale, memory, FREEDOM, course=COURSE, rng=rng)


def data_set(case: Case, residuals: NDArray[np.float64], *, priors: Mapping[str, Prior]) -> tuple[Problem, Ensemble]:
    """Make the problem of one data set, and all that could be observed of it."""
    simulator = case.simulator()
    whole = simulator.run(case.truth, outputs=case.variables, times=np.concatenate([YEARS, AHEAD]))
    # ln(S/A) = error x residual
    observed = replace(whole, values=whole.values * np.exp(-case.error * residuals.T[np.newaxis]))
    targets = tuple(
        Target(
            ObservedSeries(name, "Dmnl", YEARS, observed.of(name)[0, : YEARS.size], ((),) * YEARS.size, None),
            name, case.error, "relative", np.ones(YEARS.size), anchor=2000.0, course=COURSE,
        )
        for name in case.variables
    )  # fmt: skip
    parameters = (
        Parameter(name, *bounds, unit="Dmnl", source="truth", prior=priors.get(name))
        for name, bounds in case.bounds.items()
    )
    return Problem(simulator, ParameterSpace(tuple(parameters)), targets, (2001, 2012)), observed


def covered_by_profiles(case: Case, seed: int, *, known: bool) -> list[bool]:
    """Whether the profile of each parameter holds its true value, with known errors or the noise estimated."""
    rng = np.random.default_rng([seed, 0 if known else 2])
    problem, _ = data_set(case, noise(case, rng, assumed=not known), priors={})
    starts = starting_points(problem.space, 6, rng=rng)
    mode = find_mode(problem, starts)
    found = profiles(replace(mode.problem, noise=None) if known else mode.problem, mode.estimate)
    return [each.lower <= case.truth[each.name] <= each.upper for each in found.profiles]


def covered_by_draws(case: Case, seed: int) -> tuple[list[bool], list[bool]]:
    """Whether the 90 % intervals of posterior and forecasts hold what is true, the truth drawn from the priors."""
    rng = np.random.default_rng([seed, 1])
    priors = {name: Prior(value, 0.1 * abs(value)) for name, value in case.truth.items()}
    truth = {name: float(prior.centre + prior.sd * rng.standard_normal()) for name, prior in priors.items()}
    drawn = replace(case, truth=truth)
    problem, observed = data_set(drawn, noise(drawn, rng, assumed=True), priors=priors)
    mode = find_mode(problem, starting_points(problem.space, 6, rng=rng))
    draws, _ = laplace_draws(mode, N_DRAWS, rng)
    low, high = np.quantile(draws.values, [0.05, 0.95], axis=0)
    inside = [bool(a <= truth[name] <= b) for name, a, b in zip(draws.names, low, high, strict=True)]
    ahead: list[bool] = []
    for target, each in zip(problem.targets, predict(problem, draws, AHEAD, rng=rng), strict=True):
        low, high = np.quantile(each.observed, [0.05, 0.95], axis=0)
        came = observed.of(target.variable)[0, YEARS.size :]
        ahead += ((low <= came) & (came <= high)).tolist()
    return inside, ahead


def one_set(name: str, seed: int) -> dict[str, list[bool]]:
    """Examine one data set of a case."""
    posterior, forecast = covered_by_draws(CASES[name], seed)
    return {
        "profiles, errors known": covered_by_profiles(CASES[name], seed, known=True),
        "profiles, noise estimated": covered_by_profiles(CASES[name], seed, known=False),
        "Laplace approximation": posterior,
        "forecast, 1 to 3 years": forecast,
    }


def main() -> None:
    """Print the table."""
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else N_SETS
    names = sys.argv[2:] or list(CASES)
    print(f"| {n_sets} data sets | interval | nominal | covers | band of a nominal share |\n|---|---|---|---|---|")
    with ProcessPoolExecutor(2) as pool:
        for name in names:
            found = list(pool.map(partial(one_set, name), range(n_sets), chunksize=5))
            for interval, level in LEVELS.items():
                inside = [value for each in found for value in each[interval]]
                # parameters and years of one data set are not independent: the band is that of the data sets
                low, high = np.array(binom(n_sets, level).interval(0.95)) / n_sets
                print(f"| {name} | {interval} | {level:.0%} | {np.mean(inside):.1%} | {low:.0%} to {high:.0%} |")


if __name__ == "__main__":
    main()
