"""Simulation-based calibration of the sampler (Talts, Betancourt, Simpson, Vehtari & Gelman 2018, arXiv:1804.06788).

``python -m benchmarks.sbc [SETS [STUDY ...]]`` prints a Markdown table. Parameters and noise are drawn from the priors
of a study, data from the likelihood with them, and the posterior of these data is sampled as a study's is. Where the
sampler is right, the rank of each true value among draws that are nearly independent is uniform. Each coordinate is
tested by Kolmogorov and Smirnov; the least p, times the number of coordinates, must not lie below 5 % (Bonferroni).

Studies: two with a closed form; Jixi, nineteen coordinates, as the repository has it, but for its rule of jumps, which
depends on the data; and two examples of other fields, influenza (counts) and hare and lynx.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import kstest

from rcsd.analysis.calibration import Draws, Problem, Sampling, Target, find_mode, sample
from rcsd.analysis.calibration.course import GapCourse, State
from rcsd.analysis.calibration.errors.kinds import GAPS, LOGARITHMS
from rcsd.analysis.calibration.noise import FREEDOM, FREEDOM_FLAGGED, Cells
from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import broadcast_inputs

Array = NDArray[np.float64]
N_SETS, N_RANKS = 200, 99
STARTS = 4
HOW = Sampling(effective=600, draws=4 * (N_RANKS + 1))
YEARS = np.arange(2001.0, 2013.0)
COURSE = GapCourse(momentum=0.3, memory=0.7, memory_sd=0.7)


@dataclass(frozen=True)
class Curve:
    """A simulator of one variable, given by a formula of time (n_times,) and constants (n_runs, 1)."""

    kind: str
    variables: tuple[str, ...] = ("y",)
    name: str = "curve"

    @property
    def constants(self) -> dict[str, float]:
        """Defaults of the two constants."""
        return {"a": 20.0, "b": 0.3}

    @property
    def units(self) -> dict[str, str]:
        """Unit of the variable."""
        return {"y": "Dmnl"}

    def run(self, inputs: object = None, *, outputs: object = None, times: object = None) -> Ensemble:
        """Evaluate all rows at once."""
        del outputs
        when = np.asarray(times, dtype=np.float64)
        rows, n_runs = broadcast_inputs(inputs, self.constants)  # type: ignore[arg-type]
        a, b = rows["a"][:, np.newaxis], rows["b"][:, np.newaxis]
        since = when - YEARS[0] + 1
        values = a + b * since if self.kind == "line" else a / (1 + (a / 10 - 1) * np.exp(-b * since))
        ok = np.isfinite(values).all(axis=1)
        status = np.where(ok, RunStatus.OK, RunStatus.DIVERGED)
        return Ensemble(values[:, :, np.newaxis], when, ("y",), self.units, status, ("",) * n_runs, rows)


def curve(kind: str) -> Problem:
    """Return a study with a closed form, whose data are still to be drawn."""
    priors = {
        "line": {"a": ((-20, 60), Prior(20.0, 5.0)), "b": ((-8, 8), Prior(0.3, 1.0))},
        "logistic": {"a": ((30, 300), Prior(100.0, 20.0)), "b": ((0.05, 2), None)},
    }[kind]
    space = ParameterSpace(
        tuple(Parameter(name, *bounds, unit="Dmnl", source="", prior=prior) for name, (bounds, prior) in priors.items())
    )
    series = ObservedSeries("y", "Dmnl", YEARS, np.ones(YEARS.size), ((),) * YEARS.size, None)
    how = (1.0, "absolute") if kind == "line" else (0.1, "relative")
    target = Target(series, "y", *how, np.ones(YEARS.size), anchor=YEARS[0] - 1, course=COURSE)  # type: ignore[arg-type]
    return Problem(Curve(kind), space, (target,), (int(YEARS[0]), int(YEARS[-1])))


def study(name: str, folder: str = "calibration") -> Problem:
    """Return the problem of a study of the repository."""
    from rcsd.study.file.reading import load_study  # noqa: PLC0415

    found = load_study(Path(__file__).parents[1] / folder / name)
    problem = found.problem(found.simulator())
    return replace(problem, targets=tuple(replace(target, jump=None) for target in problem.targets))


STUDIES = {
    "line": lambda: curve("line"),
    "logistic": lambda: curve("logistic"),
    "jixi": lambda: study("jixi"),
    "influenza": lambda: study("influenza", "examples"),
    "hare_lynx": lambda: study("hare_lynx", "examples"),
}


def drawn_residuals(cells: Cells, scale: float, memory: float, rng: np.random.Generator) -> Array:
    """Draw residuals as their density says: what is new in a cell is t, given those before it."""
    course, found = cells.course, np.empty(cells.years.size)
    doubt = np.zeros(cells.years.size) if cells.weights is None else 1 / cells.weights - 1
    state = State.stationary(course, memory) if cells.anchor is None else State.at_anchor()
    at = cells.anchor
    for k, year in enumerate(cells.years.tolist()):
        for _ in range(0 if at is None else round(year - at)):
            state = state.year_on(course, memory)
        at, error = year, course.observation**2 + doubt[k]
        innovation = rng.standard_t(FREEDOM_FLAGGED if cells.flagged[k] else FREEDOM)
        found[k] = state.gap + scale * np.sqrt(state.var_gap + error) * innovation
        state = state.seen(found[k], error)
    return found


def drawn_data(problem: Problem, rng: np.random.Generator) -> tuple[Problem, Array]:
    """Draw a point of the priors and data from it; returns the problem with these data, and the point.

    Priors are cut to where the model runs, as the posterior is.
    """
    density = LogPosterior(problem)
    target = Standardised(density)
    while True:
        point = target.points(ndtri(rng.uniform(size=(1, density.n))))[0]
        z, noise = density.split(point[np.newaxis])
        inputs = dict(zip(problem.space.names, problem.space.from_search(z).T, strict=True))
        outputs = tuple(dict.fromkeys(each.variable for each in problem.targets))
        ran = problem.simulator.run(inputs, outputs=outputs, times=problem.times)
        targets = [_observed(each, ran, noise[i][0], rng) for i, each in enumerate(problem.targets) if ran.ok.all()]
        if targets and all(each is not None for each in targets):
            return replace(problem, targets=tuple(each for each in targets if each is not None)), point


def _observed(target: Target, ran: Ensemble, noise: Array, rng: np.random.Generator) -> Target | None:
    """Put drawn observations in the place of a target's own; None where the model has no logarithm."""
    values = ran.of(target.variable)[0, np.searchsorted(ran.times, target.years)]
    if target.kind not in GAPS:
        return _filled(target, target.errors.replicate(values[np.newaxis], noise[np.newaxis], rng=rng)[0])
    residuals = drawn_residuals(target.cells, float(noise[0]), float(noise[1]), rng)
    if target.kind == "relative":
        if not np.all(values > 0):
            return None
        observed = values * np.exp(-target.error * residuals)
    else:
        observed = values - target.error * residuals
    return _filled(target, observed)


def _filled(target: Target, observed: Array) -> Target | None:
    """Put observations in; None where they have no logarithm that is asked for, which says nothing of the point."""
    if not np.all(np.isfinite(observed)) or (target.kind in LOGARITHMS and not np.all(observed > 0)):
        return None
    whole = target.series.values.copy()
    whole[target.kept] = observed
    return replace(target, series=replace(target.series, values=whole))


def points_of(density: LogPosterior, draws: Draws) -> Array:
    """Return draws as points of a density, shape (n_draws, n)."""
    noise = [
        np.stack([each.coordinate(draws.noise[i][:, j]) for j, each in enumerate(errors.coordinates)], axis=-1)
        for i, errors in enumerate(density.problem.errors)
    ]
    gathered = [density.gather(tuple(each[k] for each in noise)) for k in range(draws.n)]
    return np.hstack([density.problem.space.to_search(draws.values), np.array(gathered)])


def rank(problem: Problem, seed: int, how: Sampling = HOW) -> Array:
    """Return the share of draws below the true value of each coordinate, ties broken at random, shape (n,)."""
    rng = np.random.default_rng([seed, 18])
    with_data, truth = drawn_data(problem, rng)
    starts = with_data.space.sample(STARTS, rng=rng)
    mode = find_mode(with_data, starts)
    found = sample(mode, how, rng=rng)
    points = points_of(LogPosterior(with_data), found.draws)
    points = points[rng.choice(len(points), N_RANKS, replace=False)]
    return (np.sum(points < truth, axis=0) + rng.uniform(size=truth.size)) / (N_RANKS + 1)


def ranks(name: str, n_sets: int) -> tuple[tuple[str, ...], Array]:
    """Return names of coordinates, and ranks of all sets, shape (n_sets, n)."""
    problem = STUDIES[name]()
    return LogPosterior(problem).names, np.stack([rank(problem, seed) for seed in range(n_sets)])


def main() -> None:
    """Print the table, and a drawing of the ranks of the least uniform coordinate."""
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else N_SETS
    print("| study | sets | coordinates | least p | its coordinate | p × coordinates | ranks in ten bins |")
    print("|---|---|---|---|---|---|---|")
    for name in sys.argv[2:] or list(STUDIES):
        names, found = ranks(name, n_sets)
        p = np.array([kstest(found[:, i], "uniform").pvalue for i in range(len(names))])
        worst = int(np.argmin(p))
        bins = " ".join(map(str, np.histogram(found[:, worst], bins=10, range=(0, 1))[0]))
        adjusted = min(1.0, p[worst] * len(names))
        print(
            f"| {name} | {n_sets} | {len(names)} | {p[worst]:.3f} | {names[worst]} | {adjusted:.2f} | {bins} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
