"""Counts, against scipy.stats and generalised linear models of statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from rcsd.analysis.calibration import Problem, Search, Spread, Target, find_mode, fit, profiles
from rcsd.analysis.calibration.errors.counts import CountErrors
from rcsd.analysis.parameters import Parameter, ParameterSpace

YEARS = np.arange(2001.0, 2009.0)
COUNTS = np.array([0.0, 1.0, 3.0, 0.0, 12.0, 40.0, 41.0, 1000.0])
MEANS = np.array([0.5, 1.0, 2.0, 1e-3, 15.0, 40.0, 41.0000001, 900.0])
NONE = np.empty(0)


def _errors(dispersion=0.0, weights=None, power=1.0):
    return CountErrors(YEARS, COUNTS, dispersion, np.ones(8) if weights is None else weights, power)


def test_poisson_counts_have_scipys_probability():
    """A mean of zero gives a count of zero for certain."""
    errors = _errors()
    assert float(errors.log_density(errors.raw(MEANS), ())) == pytest.approx(stats.poisson(MEANS).logpmf(COUNTS).sum())
    assert errors.raw(np.where(COUNTS == 0, 0.0, MEANS)).tolist()[0] == 0.0


@pytest.mark.parametrize("dispersion", [1e-4, 0.1, 2.0])
def test_negative_binomial_counts_have_scipys_probability(dispersion):
    """Scipy's parameters are 1/d and 1/(1 + d m); weights and power multiply logarithms."""
    n = 1 / dispersion
    each = stats.nbinom(n, n / (n + MEANS)).logpmf(COUNTS)
    weights = np.linspace(0.3, 1.0, 8)
    errors = _errors(dispersion, weights, 2.0)
    assert float(errors.log_density(errors.raw(MEANS), ())) == pytest.approx(2 * weights @ each, rel=1e-8)


@pytest.mark.parametrize("dispersion", [0.0, 1e-4, 0.1, 2.0])
def test_squared_roots_are_deviances(dispersion):
    """Twice the log probability at the count's own mean less that at the model's; exact where both nearly agree."""
    errors = _errors(dispersion)
    n = 1 / max(dispersion, 1e-300)

    def log_probability(mean):
        return stats.poisson(mean).logpmf(COUNTS) if dispersion == 0 else stats.nbinom(n, n / (n + mean)).logpmf(COUNTS)

    found = errors.roots(errors.raw(MEANS), ())
    expected = 2 * (log_probability(np.maximum(COUNTS, 1e-14)) - log_probability(MEANS))
    assert found**2 == pytest.approx(expected, rel=1e-6, abs=1e-10)
    assert np.all(np.sign(found) == np.sign(MEANS - COUNTS))
    variance = 41 + dispersion * 41**2
    assert found[6] == pytest.approx(1e-7 / np.sqrt(variance), rel=1e-4)


@pytest.mark.parametrize("mean", [np.nan, np.inf, -1.0])
def test_a_mean_that_gives_no_count_has_none(mean):
    """Neither one below zero nor one that is not finite; nor zero where something was counted."""
    assert np.isnan(_errors().raw(np.full(8, mean))).all()
    assert np.isnan(_errors().raw(np.zeros(8))).tolist() == (COUNTS > 0).tolist()


@pytest.mark.parametrize("dispersion", [0.0, 0.2])
def test_drawn_counts_have_mean_and_variance(dispersion):
    """Mean m and variance m + d m^2; whole numbers; nothing where the model gives nothing."""
    n = 60_000
    drawn = _errors(dispersion).replicate(np.tile([3.0, 50.0], (n, 1)), np.empty((n, 0)), rng=np.random.default_rng(0))
    mean = np.array([3.0, 50.0])
    assert drawn.mean(axis=0) == pytest.approx(mean, rel=0.01)
    assert drawn.var(axis=0) == pytest.approx(mean + dispersion * mean**2, rel=0.03)
    assert np.all(drawn == np.rint(drawn))
    none = _errors(dispersion).replicate(
        np.array([[np.nan, -1.0, 0.0]]), np.empty((1, 0)), rng=np.random.default_rng(0)
    )
    assert np.isnan(none[0, :2]).all() and none[0, 2] == 0


def test_a_large_mean_is_drawn_too():
    """Beyond what a generator of Poisson numbers can count the spread is still the root of the mean."""
    drawn = _errors().replicate(np.full((20_000, 1), 1e20), np.empty((20_000, 0)), rng=np.random.default_rng(0))
    assert drawn.std() == pytest.approx(1e10, rel=0.03)


def _growth(times, c):
    return c["a"] * np.exp(c["g"] * (times - 2000))


def _problem(closed_form, observe, years, counts, kind, error=None, spread=None):
    space = ParameterSpace((Parameter("a", 0.1, 100, "Dmnl", "chosen", "log"), Parameter("g", -1, 1, "Dmnl", "chosen")))
    target = Target(
        observe(years, counts), "Y", error, kind, np.ones(years.size), spread=Spread() if spread is None else spread
    )
    return Problem(closed_form(_growth, {"a": 1.0, "g": 0.0}), space, (target,), (2001, 2030))


@pytest.mark.parametrize("dispersion", [0.0, 0.3])
def test_exponential_growth_of_counts_is_a_generalised_linear_model(closed_form, observe, dispersion):
    """Estimates, deviance and standard errors are those of statsmodels' regression with a logarithmic link."""
    years = np.arange(2001.0, 2026.0)
    rng = np.random.default_rng(11)
    mean = 1.5 * np.exp(0.1 * (years - 2000))
    counts = rng.poisson(mean * (rng.gamma(1 / 0.3, 0.3, mean.size) if dispersion else 1)).astype(float)
    assert (counts == 0).any()
    kind, error = ("negative-binomial", np.sqrt(dispersion)) if dispersion else ("poisson", None)
    spread = Spread(scale="given") if dispersion else None
    problem = _problem(closed_form, observe, years, counts, kind, error, spread)
    found = fit(problem, Search(n_starts=3, tolerance=1e-12), rng=np.random.default_rng(0))
    family = sm.families.NegativeBinomial(alpha=dispersion) if dispersion else sm.families.Poisson()
    other = sm.GLM(counts, sm.add_constant(years - 2000), family=family).fit()
    assert [np.log(found.estimate[0]), found.estimate[1]] == pytest.approx(other.params, abs=1e-5)
    assert 2 * found.cost == pytest.approx(other.deviance, rel=1e-8)
    factor = max(1.0, np.sqrt(other.deviance / 23))
    errors = found.standard_error / [found.estimate[0], 1.0]
    assert errors == pytest.approx(factor * other.bse, rel=1e-4)


def test_the_dispersion_is_found_with_the_parameters(closed_form, observe):
    """Mode of parameters and dispersion is statsmodels' maximum likelihood, the prior of the dispersion apart."""
    years = np.arange(2001.0, 2031.0)
    rng = np.random.default_rng(8)
    mean = 20 * np.exp(0.05 * (years - 2000))
    counts = rng.poisson(mean * rng.gamma(4, 0.25, mean.size)).astype(float)
    problem = _problem(closed_form, observe, years, counts, "negative-binomial")
    mode = find_mode(problem, np.array([[10.0, 0.1], [30.0, 0.0]]))
    other = sm.NegativeBinomial(counts, sm.add_constant(years - 2000)).fit(disp=False)
    assert [np.log(mode.estimate[0]), mode.estimate[1]] == pytest.approx(other.params[:2], abs=0.01)
    # the prior is exponential, by the logarithm d exp(-d): it moves the maximum by one over the information
    assert mode.noise[0][0] == pytest.approx(other.params[2], rel=0.15)
    fitted = fit(problem, Search(n_starts=2), rng=np.random.default_rng(0))
    assert fitted.noise[0][0] == pytest.approx(mode.noise[0][0], rel=1e-3)
    assert fitted.estimate == pytest.approx(mode.estimate, rel=1e-4)


def test_the_profile_of_a_poisson_mean_is_the_ratio_of_likelihoods(closed_form, observe):
    """Counts of one mean: the 95 % interval ends where 2 (S ln(S/n/m) - S + n m) is 3.84."""
    counts = np.array([2.0, 0.0, 4.0, 3.0])
    target = Target(observe(YEARS[:4], counts), "Y", None, "poisson", np.ones(4))
    space = ParameterSpace((Parameter("m", 0.01, 50, "Dmnl", "chosen"),))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["m"]), {"m": 1.0})
    mode = find_mode(Problem(simulator, space, (target,), (2001, 2004)), np.array([[1.0]]))
    (profile,) = profiles(mode.problem, mode.estimate).profiles
    assert mode.estimate == pytest.approx([9 / 4], rel=1e-5)
    for end in (profile.lower, profile.upper):
        assert 2 * (9 * np.log(9 / 4 / end) - 9 + 4 * end) == pytest.approx(stats.chi2(1).ppf(0.95), abs=0.03)
