"""How often intervals hold the truth of what is no scalar constant, and under priors of families.

``python benchmarks/estimated.py [SETS]`` prints a Markdown table. One model, with two elements of an array, first
values of two stocks, a point of a table and the time of a delay to be estimated from four series over twelve years; the
noise is that of ``benchmarks/intervals.py``. Profiles know no prior. For the Laplace approximation and for chains the
truth of each data set is drawn from priors of six families.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from intervals import Case, covered_by_profiles, data_set, noise
from scipy.stats import binom

import rcsd
from rcsd.analysis.calibration import Draws, Sampling, find_mode, laplace_draws, sample, starting_points
from rcsd.analysis.parameters import FamilyPrior, Parameter, ParameterSpace
from rcsd.simulator import Simulator

N_SETS, N_DRAWS = 200, 1000
LEVELS = {
    "profiles, errors known": 0.95,
    "profiles, noise estimated": 0.95,
    "Laplace approximation": 0.90,
    "chains": 0.90,
}
WOOD = """{UTF-8}
Stand: oak, pine ~~|
Growth[Stand] = 0.1, 0.2 ~ 1/Year ~|
Trees[Stand] = INTEG(Trees[Stand] * (Growth[Stand] - 0.05), 10) ~ Dmnl ~|
Oaks = Trees[oak] ~ Dmnl ~|
Pines = Trees[pine] ~ Dmnl ~|
Effect( (0,1),(6,2),(16,3) ) ~ Dmnl ~|
Seen = Effect(Time - 2000) ~ Dmnl ~|
Late = SMOOTHI(10 + STEP(20, 2003), 3, 10) ~ Dmnl ~|
INITIAL TIME = 2000 ~ Year ~|
FINAL TIME = 2015 ~ Year ~|
TIME STEP = 0.125 ~ Year ~|
SAVEPER = 1 ~ Year ~|
"""
PRIORS = {
    "Growth[oak]": FamilyPrior.of("gamma", shape=60.0, scale=0.0025),
    "Growth[pine]": FamilyPrior.of("beta", alpha=20.0, beta=140.0),
    "initial: Trees[oak]": FamilyPrior.of("log-normal", median=10.0, sigma=0.15),
    "initial: Trees[pine]": FamilyPrior.of("inverse-gamma", shape=40.0, scale=500.0),
    "point: Effect(6)": FamilyPrior.of("student-t", df=5.0, location=2.0, scale=0.2),
    "delay time: Late": FamilyPrior.of("triangular", low=1.0, mode=3.0, high=6.0),
}
BOUNDS = {
    "Growth[oak]": (0.01, 0.5),
    "Growth[pine]": (0.01, 0.5),
    "initial: Trees[oak]": (2.0, 50.0),
    "initial: Trees[pine]": (2.0, 50.0),
    "point: Effect(6)": (0.5, 5.0),
    "delay time: Late": (1.0, 6.0),
}
TRUTH = dict(zip(BOUNDS, (0.15, 0.12, 10.0, 13.0, 2.0, 3.0), strict=True))


@cache
def wood() -> Simulator:
    """Load the model with all that is estimated settable."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wood.mdl"
        path.write_text(WOOD, "utf-8")
        return rcsd.load(path).simulator(settable=tuple(BOUNDS))


@dataclass(frozen=True)
class OnDemand(Case):
    """A case whose parameters are inputs on demand."""

    def simulator(self) -> Simulator:
        """Make what runs it."""
        return wood()


CASE = OnDemand(None, ("Oaks", "Pines", "Seen", "Late"), TRUTH, BOUNDS)


def covered_by_draws(seed: int) -> tuple[list[bool], list[bool]]:
    """Whether the 90 % intervals, Laplace's and that of chains, hold what was drawn from the priors."""
    rng = np.random.default_rng([seed, 1])
    space = ParameterSpace(
        tuple(Parameter(name, *BOUNDS[name], "Dmnl", "truth", prior=prior) for name, prior in PRIORS.items())
    )
    truth: Mapping[str, float] = {
        each.name: float(each.searched_prior.quantile(rng.random()))
        for each in space.parameters
        if each.searched_prior is not None
    }
    drawn = replace(CASE, truth=truth)
    problem, _ = data_set(drawn, noise(drawn, rng, assumed=True), priors={})
    problem = replace(problem, space=space)
    mode = find_mode(problem, starting_points(space, 6, rng=rng))
    laplace, _ = laplace_draws(mode, N_DRAWS, rng)
    chains = sample(mode, Sampling(effective=600, draws=N_DRAWS), rng=rng).draws
    return held(laplace, truth), held(chains, truth)


def held(draws: Draws, truth: Mapping[str, float]) -> list[bool]:
    """Whether the 90 % interval of draws holds the truth of each parameter."""
    low, high = np.quantile(draws.values, [0.05, 0.95], axis=0)
    return [bool(a <= truth[name] <= b) for name, a, b in zip(draws.names, low, high, strict=True)]


def main() -> None:
    """Print the table."""
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else N_SETS
    found: dict[str, list[list[bool]]] = {interval: [] for interval in LEVELS}
    for seed in range(n_sets):
        found["profiles, errors known"].append(covered_by_profiles(CASE, seed, known=True))
        found["profiles, noise estimated"].append(covered_by_profiles(CASE, seed, known=False))
        laplace, chains = covered_by_draws(seed)
        found["Laplace approximation"].append(laplace)
        found["chains"].append(chains)
    print(f"| {n_sets} data sets | nominal | band | {' | '.join(BOUNDS)} |\n|---|---|---|{'---|' * len(BOUNDS)}")
    for interval, level in LEVELS.items():
        low, high = np.array(binom(n_sets, level).interval(0.95)) / n_sets
        shares = " | ".join(f"{share:.1%}" for share in np.mean(found[interval], axis=0))
        print(f"| {interval} | {level:.0%} | {low:.0%} to {high:.0%} | {shares} |")


if __name__ == "__main__":
    main()
