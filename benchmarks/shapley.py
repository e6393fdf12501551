"""How good Shapley effects from draws are: errors, intervals and time, beside nearest neighbours alone.

``python benchmarks/shapley.py`` prints a Markdown table over functions whose effects are known exactly: 1,000 draws,
many samples. "Neighbours alone" is the double Monte Carlo estimate of Broto, Bachoc and Depecker (2020, section 4) with
three neighbours, over the same sets of parameters.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from rcsd.analysis.sensitivity.shapley import shapley_effects
from rcsd.analysis.sensitivity.shapley.game import shares
from rcsd.analysis.sensitivity.shapley.regression import normal_scores

N, SAMPLES = 1000, 40

Array = NDArray[np.float64]
Case = tuple[Callable[[np.random.Generator], tuple[Array, Array]], Array]


def linear(d: int, seed: int) -> Case:
    """Weigh and add d correlated normal inputs, with the closed form of Owen and Prieur (2017)."""
    rng = np.random.default_rng(seed)
    mixed, weights = rng.normal(size=(d, d)), rng.normal(size=d)
    covariance = mixed @ mixed.T + 0.3 * np.eye(d)

    def remains(known: frozenset[int]) -> Array:
        given, others = sorted(known), [j for j in range(d) if j not in known]
        own, cross = covariance[np.ix_(others, others)], covariance[np.ix_(others, given)]
        own = own - cross @ np.linalg.solve(covariance[np.ix_(given, given)], cross.T) if given else own
        return np.array([weights[others] @ own @ weights[others]])

    exact = np.zeros(d)
    for j in range(d):
        for size in range(d):
            for known in map(frozenset, combinations([k for k in range(d) if k != j], size)):
                exact[j] += (remains(known) - remains(known | {j}))[0] / math.comb(d - 1, size) / d

    def draw(rng: np.random.Generator) -> tuple[Array, Array]:
        values = rng.multivariate_normal(np.zeros(d), covariance, N)
        return values, values @ weights

    return draw, exact / exact.sum()


def ishigami(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw independent inputs of Ishigami's function."""
    x, y, z = columns = rng.uniform(-np.pi, np.pi, (3, N))
    return columns.T, np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def wave(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw the sine of one of two correlated inputs."""
    values = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], N)
    return values, np.sin(2 * values[:, 0])


def few_of_many(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw eleven independent inputs, of which three count: what a posterior often looks like."""
    values = rng.normal(size=(N, 11))
    return values, values[:, 0] + 0.5 * values[:, 1] + 0.25 * values[:, 2]


_UNUSED = 0.5 * math.exp(-4 * (1 - 0.64)) * (1 - math.exp(-2 * 1.6**2)) / (1 - math.exp(-8))
CASES: dict[str, Case] = {
    "Ishigami, 3 independent": (ishigami, np.array([0.4358, 0.4424, 0.1218])),
    "sine, 2 correlated": (wave, np.array([1 - _UNUSED, _UNUSED])),
    "sum, 5 correlated": linear(5, 4),
    "sum, 11 correlated": linear(11, 2),
    "sum of 3 among 11 independent": (few_of_many, np.array([1, 0.25, 0.0625, *([0.0] * 8)]) / 1.3125),
}


def neighbours_alone(values: Array, output: Array, rng: np.random.Generator) -> Array:
    """Effects by the variance among each draw and its two nearest neighbours."""
    scores, d, n_nearest = normal_scores(values), values.shape[1], 3
    found: dict[frozenset[int], Array] = {frozenset(): np.array([output.var(ddof=1)]), frozenset(range(d)): np.zeros(1)}

    def after(known: frozenset[int]) -> Array:
        if known not in found:
            own = scores[:, sorted(known)]
            near = cKDTree(own).query(own, k=n_nearest)[1]
            found[known] = np.array([output[near].var(axis=1, ddof=1).mean()])
        return found[known]

    return np.asarray(shares(after, d, rng)[0][:, 0] / output.var(ddof=1))


def main() -> None:
    """Print the table."""
    print("| inputs | largest effect | error | worst bias | 95 % intervals that hold | s | neighbours alone: error |")
    print("|---|---|---|---|---|---|---|")
    for name, (draw, exact) in CASES.items():
        estimates, alone, held, seconds = [], [], [], 0.0
        for seed in range(SAMPLES):
            rng = np.random.default_rng(seed)
            values, output = draw(rng)
            began = time.process_time()
            found = shapley_effects(values, output[:, None], rng=rng)
            seconds += time.process_time() - began
            estimates.append(found.effects[0])
            held.append(np.abs(found.effects[0] - exact) <= found.conf[0])
            alone.append(neighbours_alone(values, output, rng))
        error, other = (np.sqrt(np.mean((np.array(each) - exact) ** 2)) for each in (estimates, alone))
        bias = np.abs(np.mean(estimates, axis=0) - exact).max()
        print(
            f"| {name} | {exact.max():.2f} | {error:.3f} | {bias:.3f} | {100 * np.mean(held):.0f} % | "
            f"{seconds / SAMPLES:.2f} | {other:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
