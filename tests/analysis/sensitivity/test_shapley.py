"""Shapley effects from draws against closed forms."""

import math
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from rcsd.analysis.sensitivity.shapley import ShapleyEffects, shapley_effects
from rcsd.analysis.sensitivity.shapley.game import shares
from rcsd.errors import ParameterError

ISHIGAMI = (0.4358, 0.4424, 0.1218)
"""Of sin x + 7 sin^2 y + 0.1 z^4 sin x on (-pi, pi): first orders, and the interaction of x and z in halves."""


def effects(values: NDArray[np.float64], output: NDArray[np.float64], **more: float) -> ShapleyEffects:
    """Estimate the effects on one output."""
    return shapley_effects(values, output[:, None], rng=np.random.default_rng(1), **more)


def of_linear(weights: NDArray[np.float64], covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the effects on a weighted sum of normal inputs: the closed form of Owen and Prieur (2017, theorem 2).

    The variance that remains when some inputs are known is that of the sum under their conditional normal distribution.
    """
    d = len(weights)

    def remains(known: tuple[int, ...]) -> float:
        others = [j for j in range(d) if j not in known]
        own = covariance[np.ix_(others, others)]
        if known:
            cross = covariance[np.ix_(others, known)]
            own = own - cross @ np.linalg.solve(covariance[np.ix_(known, known)], cross.T)
        return float(weights[others] @ own @ weights[others])

    found = np.zeros(d)
    for j in range(d):
        rest = [k for k in range(d) if k != j]
        for size in range(d):
            for known in combinations(rest, size):
                found[j] += (remains(known) - remains((*known, j))) / math.comb(d - 1, size) / d
    return found / remains(())


def correlated(d: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and a covariance of d inputs with correlations of all sizes."""
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(d, d))
    return rng.normal(size=d), mixed @ mixed.T + 0.3 * np.eye(d)


def ishigami(rng: np.random.Generator, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw independent inputs of Ishigami's function, and its values."""
    x, y, z = columns = rng.uniform(-np.pi, np.pi, (3, n))
    return columns.T, np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def wave(rng: np.random.Generator, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw two normal inputs with correlation 0.8, and sin(2 x) of the first."""
    values = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], n)
    return values, np.sin(2 * values[:, 0])


# E[sin(2 x) | y] = sin(1.6 y) exp(-2 (1 - 0.64)), and Var sin(b z) = (1 - exp(-2 b^2)) / 2 for a standard normal z.
_UNUSED = 0.5 * math.exp(-4 * (1 - 0.64)) * (1 - math.exp(-2 * 1.6**2)) / (1 - math.exp(-8))
WAVE = (1 - _UNUSED, _UNUSED)


@pytest.mark.parametrize("correlation", [-0.95, -0.5, 0.0, 0.6, 0.99])
def test_two_correlated_inputs_have_the_published_effects(correlation):
    """Iooss and Prieur (2019, section 3.2): half of what the correlation adds goes to either input."""
    a, b, s, t = 2.0, -1.0, 0.5, 3.0
    covariance = np.array([[s**2, correlation * s * t], [correlation * s * t, t**2]])
    values = np.random.default_rng(0).multivariate_normal([5.0, -2.0], covariance, 2000)
    found = effects(values, a * values[:, 0] + b * values[:, 1])
    variance = a**2 * s**2 + 2 * correlation * a * b * s * t + b**2 * t**2
    shifted = correlation**2 / 2 * (b**2 * t**2 - a**2 * s**2) + correlation * a * b * s * t
    first = (a**2 * s**2 + shifted) / variance
    assert found.effects[0] == pytest.approx([first, 1 - first], abs=0.03)
    assert (np.abs(found.effects[0] - [first, 1 - first]) <= found.conf[0]).all()


@pytest.mark.parametrize(("d", "seed"), [(3, 0), (6, 1), (11, 2)])
def test_a_weighted_sum_of_many_correlated_inputs(d, seed):
    """The closed form for normal inputs holds with all sets worked out, and with orders drawn (eleven inputs)."""
    weights, covariance = correlated(d, seed)
    values = np.random.default_rng(seed).multivariate_normal(np.zeros(d), covariance, 1000)
    found, exact = effects(values, values @ weights), of_linear(weights, covariance)
    assert exact.sum() == pytest.approx(1)
    assert found.effects[0] == pytest.approx(exact, abs=0.04)
    assert np.mean(np.abs(found.effects[0] - exact) <= found.conf[0]) >= 0.8
    assert found.conf.max() < 0.06
    assert found.explained == pytest.approx([1.0], abs=0.01)


def test_independent_inputs_share_their_interaction_evenly():
    """Ishigami's function: each has its first order and half of its interaction, though no polynomial follows it."""
    found = effects(*ishigami(np.random.default_rng(0), 4000))
    assert found.effects[0] == pytest.approx(ISHIGAMI, abs=0.02)
    assert found.explained[0] < 0.9


def test_an_input_that_is_not_used_has_a_share_of_what_it_tells():
    """Of sin(2 x) a correlated y explains a part, and half of that is its effect; an independent z has none."""
    values, output = wave(np.random.default_rng(3), 2000)
    values = np.column_stack([values, np.random.default_rng(4).normal(size=2000)])
    found = effects(values, output)
    assert found.effects[0] == pytest.approx([*WAVE, 0.0], abs=0.03)
    assert abs(found.effects[0, 2]) <= found.conf[0, 2]


@pytest.mark.parametrize("d", [2, 9, 12])
def test_effects_add_up_to_one(d):
    """Whatever the output, its shares are all of its variance, in the estimate as such."""
    rng = np.random.default_rng(d)
    weights, covariance = correlated(d, d)
    values = rng.multivariate_normal(np.zeros(d), covariance, 400)
    output = np.exp(values @ weights / 4) + rng.normal(size=400)
    assert effects(values, output).effects.sum() == pytest.approx(1, abs=1e-12)


def test_scales_of_parameters_and_outputs_do_not_matter():
    """A parameter on another scale, an output in another unit: the same effects."""
    values, output = ishigami(np.random.default_rng(5), 500)
    other = np.column_stack([np.exp(values[:, 0]), values[:, 1] ** 3, 1e-9 * values[:, 2]])
    found = effects(values, output)
    assert effects(other, 1e6 - 3e3 * output).effects == pytest.approx(found.effects, abs=1e-9)
    for size in (1e-300, 1e300):
        assert effects(values, size * output).effects == pytest.approx(found.effects, abs=1e-9)


def test_repeated_and_failed_draws_count_for_nothing():
    """A chain that stands still repeats its draw, which would pass for a neighbour that tells all."""
    values, output = ishigami(np.random.default_rng(6), 500)
    found = effects(values, output)
    again = np.repeat(np.arange(500), np.random.default_rng(7).integers(1, 4, 500))
    outputs = np.where(np.arange(again.size + 1) < again.size, np.append(output[again], 0.0), np.nan)
    repeated = effects(np.vstack([values[again], [9.0, 9.0, 9.0]]), outputs)
    assert repeated.effects.tolist() == found.effects.tolist()
    assert (repeated.n_draws, found.n_draws) == (500, 500)


def test_what_does_not_vary():
    """A constant parameter explains nothing; of a constant output nothing is explained; neither touches the rest."""
    values, output = ishigami(np.random.default_rng(8), 500)
    wider = np.column_stack([values, np.full(500, 0.1)])
    outputs = np.column_stack([output, np.full(500, 1e9) + 1e-6 * output])
    found = shapley_effects(wider, outputs, rng=np.random.default_rng(1))
    assert found.effects[0].tolist() == [*effects(values, output).effects[0], 0.0]
    assert found.conf[0, 3] == 0
    assert np.isnan(found.effects[1]).all()
    assert np.isnan(found.explained[1])


def test_an_output_that_owes_its_variance_to_one_draw_is_undetermined():
    """With two tails like exp(2 z) no sample of this size knows which is the longer; the truth is half and half."""
    values = np.random.default_rng(9).normal(size=(300, 2))
    found, plain = effects(values, np.exp(2 * values).sum(axis=1)), effects(values, values.sum(axis=1))
    assert abs(found.effects[0, 0] - 0.5) > 0.3
    assert (found.undetermined.tolist(), plain.undetermined.tolist()) == ([True], [False])


def test_too_few_draws_and_levels_outside_are_refused():
    """Each says what would do."""
    values, output = ishigami(np.random.default_rng(0), 300)
    with pytest.raises(ParameterError, match="199 different draws: Shapley effects need 200 or more"):
        effects(np.vstack([values[:199], values[:101]]), output)
    with pytest.raises(ParameterError, match="a level lies between 0 and 1"):
        effects(values, output, confidence=1.0)


@pytest.mark.parametrize("n_players", [5, 14])
def test_an_airport_is_paid_for_as_published(n_players):
    """Littlechild and Owen (1973): each piece of the runway is paid evenly by those who need it; exact up to nine."""
    costs = np.arange(1.0, n_players + 1) ** 2

    def after(served: frozenset[int]) -> NDArray[np.float64]:
        return np.array([costs[-1] - max((costs[player] for player in served), default=0.0)])

    tried = [shares(after, n_players, np.random.default_rng(seed)) for seed in range(40)]
    found, errors = (np.stack(each)[..., 0] for each in zip(*tried, strict=True))
    exact = np.cumsum(np.diff(costs, prepend=0.0) / np.arange(n_players, 0, -1))
    assert found.sum(axis=1) == pytest.approx(np.full(40, costs[-1]))
    assert (np.abs(found.mean(axis=0) - exact) <= 4 * found.std(axis=0) / np.sqrt(40) + 1e-9).all()
    assert np.sqrt(np.mean(errors**2, axis=0)) == pytest.approx(found.std(axis=0), rel=0.4, abs=1e-12)
    assert (errors == 0).all() == (n_players == 5)


def covered(draw, exact, n: int, seeds: int) -> float:
    """Share of the intervals of many samples that hold the exact effects."""
    found = [effects(*draw(np.random.default_rng([seed, n]), n)) for seed in range(seeds)]
    return float(np.mean([np.abs(each.effects[0] - exact) <= each.conf[0] for each in found]))


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ishigami", "wave", "linear"])
def test_intervals_hold_the_exact_effects_as_often_as_they_say(case):
    """Of 95 % intervals from 1,000 draws about 95 % hold: independent, correlated, and where no polynomial follows."""
    weights, covariance = correlated(5, 4)

    def linear(rng: np.random.Generator, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        values = rng.multivariate_normal(np.zeros(5), covariance, n)
        return values, values @ weights

    cases = {
        "ishigami": (ishigami, np.array(ISHIGAMI)),
        "wave": (wave, np.array(WAVE)),
        "linear": (linear, of_linear(weights, covariance)),
    }
    share = covered(*cases[case], n=1000, seeds=100)
    print(f"{case}: {share:.3f}")
    assert 0.88 <= share <= 0.995
