"""Random draws: the distributions they claim, and nothing but seed, run, stream and step in them."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from rcsd.simulation.engine.draws import draw_key, exponential_draws, normal_draws, normal_quantile, uniform_draws

N = 100_000


def draw(function: Callable[..., None], *arguments: float, key: int = 12345, first: int = 0, n: int = N) -> np.ndarray:
    """Return draws of n runs with equal arguments."""
    w = np.concatenate([*(np.full(n, argument) for argument in arguments), np.empty(n)])
    function(w, 0, n, np.uint64(key), first)
    return w[-n:]


@pytest.mark.parametrize(
    ("function", "arguments", "law"),
    [
        (uniform_draws, (-1.0, 3.0), stats.uniform(-1, 4)),
        (normal_draws, (-1.0, 2.0, 0.3, 1.1), stats.truncnorm(-1.3 / 1.1, 1.7 / 1.1, 0.3, 1.1)),
        (normal_draws, (-1e9, 1e9, 5.0, 2.0), stats.norm(5, 2)),
        (normal_draws, (9.0, 20.0, 0.0, 1.0), stats.truncnorm(9, 20)),
        (normal_draws, (-20.0, -9.0, 0.0, 1.0), stats.truncnorm(-20, -9)),
        (exponential_draws, (0.0, 5.0, 1.0, 2.0), stats.truncexpon(2, 1, 2)),
        (exponential_draws, (2.0, np.inf, 1.0, 0.5), stats.expon(2, 0.5)),
    ],
)
def test_draws_follow_the_law_that_pysd_draws_from(
    function: Callable[..., None], arguments: tuple[float, ...], law: stats.rv_continuous
) -> None:
    """Kolmogorov and Smirnov's distance over a hundred thousand runs; scipy has the same truncated laws."""
    assert stats.kstest(draw(function, *arguments), law.cdf).pvalue > 1e-3


def test_draws_of_runs_streams_steps_and_seeds_are_independent() -> None:
    """No correlation beyond chance between neighbours of any kind."""
    keys = [
        draw_key(seed, stream, step) for seed, stream, step in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)]
    ]
    samples = np.array([draw(uniform_draws, 0.0, 1.0, key=key) for key in keys])
    neighbours = np.corrcoef(samples[0, 1:], samples[0, :-1])[0, 1]
    others = np.corrcoef(samples)[np.triu_indices(len(keys), 1)]
    assert np.abs([neighbours, *others]).max() < 5 / np.sqrt(N)


def test_a_run_draws_the_same_in_any_chunk() -> None:
    """The draws of run 700 on are those that a chunk starting there makes."""
    whole = draw(normal_draws, -3.0, 3.0, 0.0, 1.0, n=1000)
    np.testing.assert_array_equal(draw(normal_draws, -3.0, 3.0, 0.0, 1.0, first=700, n=300), whole[700:])


def test_without_spread_the_draw_is_the_centre() -> None:
    """As PySD's division by a zero deviation has it."""
    assert (draw(normal_draws, 0.0, 1.0, 7.0, 0.0, n=3) == 7).all()
    assert (draw(exponential_draws, 0.0, 9.0, 2.0, 0.0, n=3) == 2).all()


def test_the_normal_quantile_is_scipys() -> None:
    """From the far lower tail to the middle, to rounding."""
    p = np.concatenate([10.0 ** -np.arange(1.0, 300.0), np.linspace(0.01, 0.49, 49), 1 - np.linspace(0.01, 0.49, 49)])
    np.testing.assert_allclose([normal_quantile(each) for each in p], stats.norm.ppf(p), rtol=5e-15)
