"""Empirical Bayes against closed forms."""

import numpy as np
import pytest

from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.study.panel.shrinkage import MOST_SPREAD, estimate_population, maximise, shrunk

FREE = (np.zeros(1), np.zeros(1))
WIDE = (np.full(1, 1e-6), np.full(1, 1e6))


def test_with_equal_errors_centre_and_spread_are_the_textbooks():
    """Normal means with one known error: the mean of the estimates, and their variance less that of the error."""
    y, error = np.array([1.0, 2.0, 4.0, 7.0, 11.0]), 1.5
    information = np.full((5, 1, 1), error**-2)
    centre, spread = maximise(information, (y / error**2)[:, np.newaxis], FREE, np.ones(1), WIDE)
    assert centre[0] == pytest.approx(5.0, rel=1e-6)
    assert spread[0] ** 2 == pytest.approx(np.var(y) - error**2, rel=1e-4)


def test_estimates_closer_than_their_errors_have_the_least_spread():
    """Where the estimates differ less than their errors explain, the likelihood is highest without any spread."""
    y, error = np.array([1.0, 1.1, 0.9]), 1.0
    limits = (np.full(1, 0.2), np.full(1, 9.0))
    centre, spread = maximise(np.ones((3, 1, 1)), (y / error**2)[:, np.newaxis], FREE, np.ones(1), limits)
    assert centre[0] == pytest.approx(1.0, abs=1e-6)
    assert spread[0] == 0.2


def test_a_city_that_says_nothing_changes_nothing():
    """A flat likelihood carries no weight in either estimate."""
    information, score = np.full((4, 1, 1), 4.0), 4.0 * np.array([[1.0], [2.0], [4.0], [6.0]])
    with_silent = np.concatenate([information, np.zeros((1, 1, 1))]), np.concatenate([score, np.zeros((1, 1))])
    alone = maximise(information, score, FREE, np.ones(1), WIDE)
    beside = maximise(*with_silent, FREE, np.ones(1), WIDE)
    np.testing.assert_allclose(beside, alone, rtol=1e-4)


def parameter(name: str) -> Parameter:
    """Give a parameter with the prior 2 plus or minus 1."""
    return Parameter(name, -50.0, 50.0, "Dmnl", "test", prior=Prior(2.0, 1.0))


def test_the_stated_prior_is_taken_out_of_each_posterior():
    """Cities whose data alone say y: their posteriors under the prior give back the population of y."""
    rng = np.random.default_rng(5)
    space, error, n = ParameterSpace((parameter("a"), parameter("b"))), 0.5, 4000
    truth = rng.normal([3.0, 1.0], [0.7, 0.4], (n, 2))
    y = truth + error * rng.standard_normal((n, 2))
    variance = 1 / (1 + error**-2)
    modes = variance * (2.0 + y / error**2)
    found = estimate_population(space, list(modes), [variance * np.eye(2)] * n)
    assert [each.centre for each in found] == pytest.approx([3.0, 1.0], abs=0.05)
    assert [each.sd for each in found] == pytest.approx([0.7, 0.4], abs=0.03)
    assert [each.mean_error for each in found] == pytest.approx([error, error])


def test_a_parameter_that_no_city_determines_keeps_its_prior():
    """Posteriors equal to the prior say nothing: centre and spread stay what was stated."""
    space = ParameterSpace((parameter("a"),))
    (found,) = estimate_population(space, [np.array([2.0])] * 9, [np.eye(1)] * 9)
    assert (found.centre, found.sd) == pytest.approx((2.0, MOST_SPREAD * 1.0))
    assert found.at_limit
    (kept,) = shrunk(space, [found], 2010).parameters
    assert kept.prior is not None
    assert (kept.prior.centre, kept.prior.sd, kept.prior.until) == pytest.approx((2.0, 1.0, 2010))
