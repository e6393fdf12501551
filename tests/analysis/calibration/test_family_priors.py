"""Priors of every family in fits, modes and draws, held to the posterior on a grid."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from rcsd.analysis.calibration import LogPosterior, Problem, Search, Target, find_mode, fit, laplace_draws, profiles
from rcsd.analysis.parameters import FamilyPrior, Parameter, ParameterSpace, Prior

YEARS = 2000 + np.arange(4.0)
CASES = {
    "normal": ({"mean": 2.0, "sd": 0.7}, stats.norm(2.0, 0.7)),
    "log-normal": ({"median": 2.0, "sigma": 0.5}, stats.lognorm(0.5, scale=2.0)),
    "half-normal": ({"sd": 2.0}, stats.halfnorm(scale=2.0)),
    "uniform": ({"low": 0.1, "high": 9.0}, stats.uniform(0.1, 8.9)),
    "triangular": ({"low": 0.05, "mode": 1.0, "high": 12.0}, stats.triang(0.95 / 11.95, 0.05, 11.95)),
    "gamma": ({"shape": 2.5, "scale": 0.4}, stats.gamma(2.5, scale=0.4)),
    "inverse-gamma": ({"shape": 3.0, "scale": 6.0}, stats.invgamma(3.0, scale=6.0)),
    "exponential": ({"scale": 1.0}, stats.expon(scale=1.0)),
    "student-t": ({"df": 3.0, "location": 1.0, "scale": 0.5}, stats.t(3.0, 1.0, 0.5)),
    "cauchy": ({"location": 1.0, "scale": 0.5}, stats.cauchy(1.0, 0.5)),
    "half-cauchy": ({"scale": 0.5}, stats.halfcauchy(scale=0.5)),
}
LOWER, UPPER, ERROR = 0.1, 9.0, 2.0
VALUES = np.array([3.0, 5.0, 2.0, 4.0])


def _problem(closed_form, observe, prior, scale="linear"):
    space = ParameterSpace((Parameter("a", LOWER, UPPER, "", "test", scale=scale, prior=prior),))
    target = Target(observe(YEARS, VALUES), "Y", ERROR, "absolute", np.ones(YEARS.size))
    return Problem(closed_form(lambda t, c: np.full(t.shape, c["a"]), {"a": 1.0}), space, (target,), (2000, 2003))


def _exact_logs(exact, scale, x):
    """Log density of prior and data on the search scale, errors known."""
    slope = {"linear": np.ones_like(x), "log": x}[scale]
    return exact.logpdf(x) + np.log(slope) - 0.5 * np.sum(((x[:, np.newaxis] - VALUES) / ERROR) ** 2, axis=1)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("family", CASES)
def test_a_fit_finds_the_most_probable_value(closed_form, observe, family, scale):
    """From either end, the estimate is the mode of prior times likelihood on the scale of the search."""
    stated, exact = CASES[family]
    problem = _problem(closed_form, observe, FamilyPrior.of(family, **stated), scale)
    grid = np.linspace(LOWER, UPPER, 400_001)
    best = grid[np.argmax(_exact_logs(exact, scale, grid))]
    found = fit(problem, Search(4, tolerance=1e-12), rng=np.random.default_rng(1))
    assert found.estimate[0] == pytest.approx(best, abs=1e-4)
    assert max(abs(start.estimate["a"] - best) for start in found.starts) < 1e-3


def test_the_standard_error_is_that_of_the_peak(closed_form, observe):
    """Curvatures of prior and data add up: data 4/ERROR^2, a gamma's (shape - 1)/a^2 on its own scale."""
    problem = _problem(closed_form, observe, FamilyPrior.of("gamma", shape=5.0, scale=0.4))
    found = fit(problem, Search(4, tolerance=1e-12), rng=np.random.default_rng(1))
    curvature = 4 / ERROR**2 + 4.0 / found.estimate[0] ** 2
    assert found.standard_error == pytest.approx([curvature**-0.5], rel=1e-5)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("family", CASES)
def test_the_log_density_is_prior_times_likelihood(closed_form, observe, family, scale):
    """With the noise held, differences of the log posterior are those of scipy's prior and of the likelihood."""
    stated, exact = CASES[family]
    with_prior = LogPosterior(_problem(closed_form, observe, FamilyPrior.of(family, **stated), scale))
    without = LogPosterior(_problem(closed_form, observe, None, scale))
    x = np.linspace(0.2, 8.5, 9)
    z = with_prior.problem.space.to_search(x[:, np.newaxis])
    points = np.hstack([z, np.zeros((x.size, with_prior.n - 1))])
    slope = {"linear": np.ones_like(x), "log": x}[scale]
    assert np.ptp(with_prior(points) - without(points) - exact.logpdf(x) - np.log(slope)) < 1e-9


@pytest.mark.parametrize("family", ["exponential", "gamma", "uniform", "triangular"])
def test_draws_of_what_no_data_tell_are_those_of_the_prior(closed_form, observe, family):
    """A parameter that moves nothing keeps its prior, also where the mode lies on a bound and the prior is not bent."""
    stated, exact = CASES[family]
    parameters = (
        Parameter("a", LOWER, UPPER, "", "test", prior=Prior(3.0, 1.0)),
        Parameter("b", LOWER, UPPER, "", "test", prior=FamilyPrior.of(family, **stated)),
    )
    target = Target(observe(YEARS, VALUES), "Y", ERROR, "absolute", np.ones(YEARS.size))
    simulator = closed_form(lambda t, c: np.full(t.shape, c["a"]), {"a": 1.0, "b": 1.0})
    problem = Problem(simulator, ParameterSpace(parameters), (target,), (2000, 2003))
    mode = find_mode(problem, np.array([[3.0, 2.0], [1.0, 5.0]]))
    assert mode.covariance is not None
    draws = laplace_draws(mode, 2000, rng=np.random.default_rng(7))[0].values[:, 1]
    low, high = exact.cdf([LOWER, UPPER])
    test = stats.kstest(draws, lambda x: (exact.cdf(x) - low) / (high - low))
    assert test.statistic < 0.06  # 2000 weighted draws are worth some 1000 independent ones


def test_a_profile_leaves_a_family_out(closed_form, observe):
    """A tight prior far off does not move the interval of the data: mean -+ 1.96 standard errors."""
    (profile,) = profiles(
        _problem(closed_form, observe, FamilyPrior.of("gamma", shape=100.0, scale=0.07)), np.array([3.5])
    ).profiles
    half = 1.959964 * ERROR / 2
    assert [profile.lower, profile.upper] == pytest.approx([3.5 - half, 3.5 + half], abs=5e-3)
