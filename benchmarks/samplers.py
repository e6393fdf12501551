"""Five samplers on forty small posteriors whose answer is known: which of them are right, and what that costs.

``python -m benchmarks.samplers [SAMPLER ...]`` prints a Markdown table by kind of posterior; ``--each`` one line for
each trial. The samplers: `before`, the chains of the version before (emcee, one ensemble of 128 walkers, half of the
moves draws of Laplace's approximation); `chains` and `nested`, as `[posterior]` offers them; `dynesty` and `zeus`,
which ``pip install dynesty zeus-mcmc`` brings. All may spend 300,000 evaluations. Right: at 19 quantiles of each
coordinate the share of draws below differs from the exact one by at most 0.06 (a thousand independent draws keep that
in all but a few of a thousand trials). Wrong: the sampler itself calls its draws good, and they are not right.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from benchmarks.posteriors.odes import odes
from benchmarks.posteriors.shapes import shapes
from benchmarks.posteriors.toy import Array, Toy
from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture, fit_mixture
from rcsd.analysis.calibration.posterior.sampler.nested import sample_nested
from rcsd.analysis.calibration.posterior.sampler.rounds import sample_density
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised

APART, LEAST_CURVED = 0.1, 1e-6
WALKERS, OLD_RHAT, ENOUGH, OLD_LENGTHS = 128, 1.05, 400, 20
WIDER, N_REFERENCE = 1.3, 400_000
RUNS, EFFECTIVE, OFF = 300_000, 1000, 0.06
SHARES = np.linspace(0.05, 0.95, 19)


@dataclass(frozen=True)
class Tried:
    """Draws of one trial, and what the sampler says of them."""

    points: Array
    good: bool


@dataclass(frozen=True)
class Peaks:
    """Peaks of a density in standard deviates, and the covariance at the best; None where it has none."""

    points: list[Array]
    covariance: Array | None

    @classmethod
    def of(cls, toy: Toy, rng: np.random.Generator) -> Peaks:
        """Climb from 16 points of the prior."""
        target = Standardised(toy)

        def cost(z: Array) -> float:
            return float(max(-1e10, -target(np.clip(z, -8, 8)[np.newaxis])[0]))

        ends = [minimize(cost, rng.standard_normal(target.n), method="L-BFGS-B") for _ in range(16)]
        ends.sort(key=lambda end: end.fun)
        best = [ends[0].x]
        for end in ends:
            if end.fun < ends[0].fun + 12 and min(np.max(np.abs(end.x - each)) for each in best) > APART:
                best.append(end.x)
        return cls(best[:5], _covariance(target, best[0]))

    def beginning(self) -> Mixture:
        """Return where a population begins, as a study's does."""
        n = self.points[0].size
        weights, means, covariances = [0.1], [np.zeros(n)], [np.eye(n)]
        if self.covariance is not None:
            for k, point in enumerate(self.points):
                others = len(self.points) - 1
                weights.append(0.9 * (1.0 if not others else 0.7 if k == 0 else 0.3 / others))
                means.append(point)
                covariances.append(self.covariance)
        return Mixture.of(weights, means, covariances)


def _covariance(target: Standardised, z: Array) -> Array | None:
    """Invert second differences; None where a direction has no curvature."""
    n, step = z.size, 1e-3
    eye, first, second = step * np.eye(n), *np.triu_indices(n)
    corners = [z + a * eye[first] + b * eye[second] for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
    values = [target(each) for each in corners]
    information = np.zeros((n, n))
    information[first, second] = -(values[0] - values[1] - values[2] + values[3]) / (4 * step**2)
    information[second, first] = information[first, second]
    if not np.all(np.isfinite(information)) or np.linalg.eigvalsh(information)[0] <= LEAST_CURVED:
        return None
    return np.linalg.inv(information)


def chains(toy: Toy, rng: np.random.Generator) -> Tried:
    """Run the chains of this version."""
    found = sample_density(toy, Peaks.of(toy, rng).beginning(), runs=RUNS, effective=EFFECTIVE, rng=rng)
    return Tried(found.points.reshape(-1, found.points.shape[-1]), found.diagnostics.converged)


def nested(toy: Toy, rng: np.random.Generator) -> Tried:
    """Sample by nautilus."""
    found = sample_nested(toy, runs=RUNS, effective=2 * EFFECTIVE, rng=rng)
    return Tried(found.points[0], found.diagnostics.converged)


def before(toy: Toy, rng: np.random.Generator) -> Tried:
    """Run the chains of the version before, on the coordinates themselves."""
    import emcee  # noqa: PLC0415
    from arviz_stats.base import array_stats  # noqa: PLC0415

    target, peaks = Standardised(toy), Peaks.of(toy, rng)
    n = target.n
    if peaks.covariance is None:
        return Tried(np.zeros((1, n)), good=False)
    mean = target.points(peaks.points[0])
    slopes = (target.points(peaks.points[0] + 1e-4) - target.points(peaks.points[0] - 1e-4)) / 2e-4
    jump = Mixture.of([1.0], [mean], [peaks.covariance * np.outer(slopes, slopes)])

    def propose(points: Array, random: np.random.RandomState) -> tuple[Array, Array]:
        tried = jump.draw(len(points), random)
        return tried, jump.log_density(points) - jump.log_density(tried)

    tried = jump.draw(20_000, rng)
    logs = toy(tried)
    usable = np.flatnonzero(np.isfinite(logs))[:512]
    if usable.size < WALKERS:
        return Tried(np.zeros((1, n)), good=False)
    weights = logs[usable] - jump.log_density(tried[usable])
    weights = np.exp(weights - weights.max()) + 1e-300
    walkers = tried[rng.choice(usable, 128, replace=False, p=weights / weights.sum())]
    moves = [(emcee.moves.MHMove(propose), 0.5), (emcee.moves.DEMove(), 0.5)]
    sampler = emcee.EnsembleSampler(128, n, toy, vectorize=True, moves=moves)
    state = emcee.State(walkers, random_state=np.random.RandomState(rng.integers(2**32)).get_state())
    while True:
        state = sampler.run_mcmc(state, 500, skip_initial_state_check=True)
        chain = sampler.get_chain(discard=sampler.iteration // 4)
        with np.errstate(all="ignore"):
            lengths = len(chain) / sampler.get_autocorr_time(discard=sampler.iteration // 4, tol=0)
            rhat = array_stats.rhat(chain, chain_axis=1, draw_axis=0)
            ess = array_stats.ess(chain, chain_axis=1, draw_axis=0)
        good = bool(np.all(rhat < OLD_RHAT) and np.all(ess > ENOUGH) and np.all(lengths > OLD_LENGTHS))
        if good or sampler.iteration * 128 >= RUNS:
            return Tried(chain.reshape(-1, n), good)


def dynesty(toy: Toy, rng: np.random.Generator) -> Tried:
    """Sample by dynesty, 500 live points, slices where there are many coordinates."""
    from dynesty import NestedSampler  # noqa: PLC0415
    from scipy.special import ndtri  # noqa: PLC0415

    target = Standardised(toy)
    sampler = NestedSampler(
        lambda z: float(max(target.log_likelihood(z[np.newaxis])[0], -1e300)),
        lambda u: ndtri(np.clip(u, 1e-15, 1 - 1e-15)),
        target.n,
        nlive=500,
        rstate=rng,
    )
    sampler.run_nested(maxcall=RUNS, print_progress=False, dlogz=0.1)
    found = sampler.results
    good = found.ncall.sum() < RUNS
    return Tried(target.points(found.samples_equal(rng)), bool(good))


def zeus(toy: Toy, rng: np.random.Generator) -> Tried:
    """Sample by zeus, 64 walkers of ensemble slices, for a third of the evaluations."""
    import zeus as package  # noqa: PLC0415

    target, peaks = Standardised(toy), Peaks.of(toy, rng)
    np.random.seed(int(rng.integers(2**32)))  # noqa: NPY002 - it knows no other
    start = peaks.beginning().draw(64, rng)
    moves = [(package.moves.DifferentialMove(), 0.7), (package.moves.GlobalMove(), 0.3)]
    sampler = package.EnsembleSampler(64, target.n, target, vectorize=True, verbose=False, moves=moves)
    first = toy.n_runs
    state, kept = start, []
    while toy.n_runs - first < RUNS / 3:
        sampler.reset() if kept else None
        sampler.run_mcmc(state, 100, progress=False)
        kept.append(sampler.get_chain())
        state = sampler.get_last_sample()
    chain = np.concatenate(kept)[sum(map(len, kept)) // 4 :]
    from arviz_stats.base import array_stats  # noqa: PLC0415

    good = bool(np.all(array_stats.ess(chain, chain_axis=1, draw_axis=0) > ENOUGH))
    return Tried(target.points(chain.reshape(-1, target.n)), good)


SAMPLERS: dict[str, Callable[[Toy, np.random.Generator], Tried]] = {
    "before": before,
    "chains": chains,
    "nested": nested,
    "dynesty": dynesty,
    "zeus": zeus,
}


def reference(toy: Toy) -> Array:
    """Draw from the posterior: exactly, or by importance from a wide mixture fitted to chains of another seed."""
    rng = np.random.default_rng(12345)
    if toy.exact is not None:
        return toy.exact(200_000, rng)
    target = Standardised(toy)
    pilot = sample_density(toy, Peaks.of(toy, rng).beginning(), runs=RUNS, effective=4000, rng=rng).points
    fitted = fit_mixture(target.deviates(pilot.reshape(-1, target.n))[::10], rng)
    n = target.n
    wide = Mixture(
        np.concatenate([0.9 * fitted.weights, [0.1]]),
        np.concatenate([fitted.means, np.zeros((1, n))]),
        np.concatenate([fitted.roots * WIDER, np.eye(n)[np.newaxis]]),
    )
    drawn = wide.draw(N_REFERENCE, rng)
    logs = np.concatenate([target(each) - wide.log_density(each) for each in np.array_split(drawn, 40)])
    weights = np.exp(logs - logs.max())
    return target.points(drawn[rng.choice(N_REFERENCE, 50_000, p=weights / weights.sum())])


def off_by(points: Array, exact: Array) -> float:
    """Largest difference of shares below 19 quantiles of each coordinate."""
    worst = 0.0
    for i in range(exact.shape[1]):
        at = np.quantile(exact[:, i], SHARES)
        worst = max(worst, float(np.max(np.abs(np.mean(points[:, i, np.newaxis] < at, axis=0) - SHARES))))
    return worst


def main() -> None:
    """Print the table."""
    each = "--each" in sys.argv
    names = [name for name in sys.argv[1:] if name != "--each"] or list(SAMPLERS)
    table: dict[str, dict[str, list[tuple[bool, bool, int]]]] = defaultdict(lambda: defaultdict(list))
    toys, exact = (*shapes(), *odes()), {}
    for name in names:
        for toy in toys:
            if toy.title not in exact:
                exact[toy.title] = reference(toy)
            toy.n_runs, began = 0, time.perf_counter()
            tried = SAMPLERS[name](toy, np.random.default_rng(7))
            off = off_by(tried.points, exact[toy.title])
            table[toy.kind][name].append((off < OFF, tried.good, toy.n_runs))
            if each:
                took = time.perf_counter() - began
                print(f"{toy.title} | {name} | {off:.3f} | {tried.good} | {toy.n_runs} | {took:.0f} s", flush=True)
    print("| kind | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for kind, row in table.items():
        print(f"| {kind} | " + " | ".join(_cell(row[name]) for name in names) + " |")
    print("| all | " + " | ".join(_cell([x for row in table.values() for x in row[name]]) for name in names) + " |")


def _cell(trials: list[tuple[bool, bool, int]]) -> str:
    """Say how many are right, how many are said to be good but are not, and the median of the evaluations."""
    right, wrong = sum(r for r, _, _ in trials), sum(g and not r for r, g, _ in trials)
    runs = np.median([n for _, _, n in trials]) / 1000
    return f"{right} of {len(trials)}, {wrong} wrong, {runs:.0f}"


if __name__ == "__main__":
    main()
