"""The likelihood of the mean of the cities and of their deviations, and its maximum."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.stats import multivariate_normal

from rcsd.papers.coevolution.evidence.clocks import CLOCKS, clock
from rcsd.papers.coevolution.evidence.errors import covariance
from rcsd.papers.coevolution.evidence.fit import fit
from rcsd.papers.coevolution.evidence.likelihood import evidence
from tests.papers.coevolution.evidence.drawn import RULE, YEARS, drawn


def point(mean=(0.5, 0.03), own=(0.7, 0.05), noise=0.2, *rest):
    """Return the parameters of one proxy."""
    return np.array([mean[0], np.log(mean[1]), own[0], np.log(own[1]), noise, *rest])


def joint(proxy, errors, path):
    """Return the density of all cities' contrasts at once: what the cities share is in every pair of them."""
    n, years = len(proxy.cities), proxy.years
    own = covariance(years, years, errors[2], np.exp(errors[3]), errors[4])
    shared = covariance(years, years, errors[0], np.exp(errors[1]), 0.0) - own / n
    whole = np.kron(np.ones((n, n)), shared) + np.kron(np.eye(n), own)
    contrasts = np.kron(np.eye(n), null_space(np.ones((1, years.size))))
    apart = (proxy.values - path).ravel()
    return multivariate_normal.logpdf(contrasts.T @ apart, cov=contrasts.T @ whole @ contrasts)


def test_with_one_clock_it_is_the_joint_density_of_all_cities():
    """Up to a constant: the mean of the cities and their deviations from it are independent and say all."""
    proxy = drawn(0.0, n_cities=5, rng=np.random.default_rng(11))
    found = evidence(clock("trend"), (proxy,))
    points = np.array(
        [point(), point((0.2, 0.1), (0.9, 0.03), 1.5, 0.4), point((0.8, 0.02), (0.1, 0.07), 0.0, -1.0)][1:]
    )
    paths = [each[-1] * (YEARS - 2000) / 10 for each in points]
    expected = [joint(proxy, each, path) for each, path in zip(points, paths, strict=True)]
    assert np.diff(found.log_likelihood(points)) == pytest.approx(np.diff(expected), abs=1e-6)


def test_a_jump_of_a_city_is_a_level_of_its_own():
    """Whatever the size of a jump beyond the rule's, the likelihood is the same; without the rule it falls."""
    calm = drawn(0.0, n_cities=40, rng=np.random.default_rng(4))
    logs = {}
    for size in (0.9, 5.0):
        values = calm.values.copy()
        values[3, 7:] += size
        values[4, 7:] -= size  # the mean of the cities stays
        for least in (0.5, np.inf):
            proxy = replace(calm, rule=replace(RULE, jump=least), values=values)
            logs[size, least] = evidence(clock("constant"), (proxy,)).log_likelihood(point()[np.newaxis])[0]
    assert logs[0.9, 0.5] == pytest.approx(logs[5.0, 0.5], abs=1e-8)
    assert logs[5.0, np.inf] < logs[0.9, np.inf] - 100


@pytest.mark.parametrize("name", [each.name for each in CLOCKS if each.own])
def test_a_spread_of_zero_is_one_clock(name):
    """Cities whose phases do not differ have the likelihood of the same family with one clock."""
    own = clock(name)
    single = clock(name.removeprefix("own_"))
    proxy = drawn(0.0, rng=np.random.default_rng(5))
    middle = [(shape.low + shape.high) / 2 for shape in own.shapes[:-1]]
    rest = np.array([0.3, *middle])
    one = evidence(single, (proxy,)).log_likelihood(np.append(point(), rest)[np.newaxis])
    several = evidence(own, (proxy,)).log_likelihood(np.append(point(), [*rest, 0.0])[np.newaxis])
    assert several == pytest.approx(one, abs=1e-8)


@pytest.mark.slow
def test_estimates_come_back_from_drawn_data():
    """Over several draws the truth of a logistic course lies within the spread of its estimates."""
    course = 1.0 / (1 + np.exp(-(YEARS - 2007) / 2))
    found = []
    for seed in range(6):
        proxy = drawn(course, rng=np.random.default_rng(seed))
        estimate = fit(evidence(clock("logistic"), (proxy,)), n_starts=2)
        assert estimate.log_likelihood >= evidence(clock("constant"), (proxy,)).log_likelihood(point()[np.newaxis])[0]
        found.append(
            [estimate.value(f"share.{name}") for name in ("loading", "sd", "memory")] + [estimate.value("midpoint")]
        )
    mean, error = np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / np.sqrt(len(found))
    assert np.abs(mean - [1.0, 0.05, 0.7, 7.0]) == pytest.approx(np.zeros(4), abs=float((4 * error).max()))
    assert (np.abs(mean - [1.0, 0.05, 0.7, 7.0]) < 4 * error + 0.02).all()


@pytest.mark.slow
def test_the_pair_is_found_where_there_is_one_and_not_where_there_is_none():
    """Cities of several ages on the pair's path make the pair likelier by far than a constant; noise does not."""
    own = clock("own_pair")
    row = np.array([[0.15, 1.1, 0.08, 0.5, 2.5, 5.0, 6.0]])
    scores = np.random.default_rng(8).normal(size=12)
    paths = own.courses(row, scores, YEARS)[0]
    gains = []
    for loading in (0.6, 0.0):
        proxy = drawn(loading * paths, rng=np.random.default_rng(9))
        none, pair = (fit(evidence(clock(name), (proxy,)), n_starts=2) for name in ("constant", "own_pair"))
        gains.append(none.aic - pair.aic)
    assert gains[0] > 20
    assert gains[1] < 0
