"""Normal and Student's t errors, against the densities of scipy.stats and a covariance written out."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize

from rcsd.analysis.calibration import Spread, Target
from rcsd.analysis.calibration.errors.coordinates import Correlation, LogNormal
from rcsd.analysis.calibration.errors.located import LocatedErrors
from rcsd.analysis.series import ObservedSeries

YEARS = np.array([2001.0, 2002.0, 2004.0, 2005.0, 2009.0])
OBSERVED = np.array([10.0, 12.0, 9.0, 15.0, 11.0])
SIMULATED = np.array([11.0, 10.5, 9.5, 13.0, 14.0])
WEIGHTS = np.array([1.0, 0.5, 1.0, 0.25, 1.0])


def _errors(error=2.0, correlation=0.0, freedom=np.inf, *, logarithm=False, weights=WEIGHTS, power=1.0):
    return LocatedErrors(YEARS, OBSERVED, logarithm, error, correlation, freedom, weights, power)


@pytest.mark.parametrize("correlation", [0.0, 0.6, -0.4])
def test_normal_errors_have_the_density_of_a_multivariate_normal(correlation):
    """Variance error^2 / weight, correlation rho^|t - s|, years without a cell among them."""
    sd = 2.0 / np.sqrt(WEIGHTS)
    covariance = np.outer(sd, sd) * correlation ** np.abs(YEARS[:, None] - YEARS)
    errors = _errors(correlation=correlation)
    expected = stats.multivariate_normal(SIMULATED, covariance).logpdf(OBSERVED)
    assert float(errors.log_density(errors.raw(SIMULATED), ())) == pytest.approx(expected)


def test_log_normal_errors_have_the_density_of_the_observations_themselves():
    """Scipy's lognormal about the model, the Jacobian of the logarithm among it."""
    errors = _errors(0.2, logarithm=True, weights=np.ones(5))
    expected = stats.lognorm(s=0.2, scale=SIMULATED).logpdf(OBSERVED).sum()
    assert float(errors.log_density(errors.raw(SIMULATED), ())) == pytest.approx(expected)


@pytest.mark.parametrize("freedom", [2.5, 4.0, 30.0])
def test_student_errors_have_scipys_density(freedom):
    """Location from the model, scale error / root of the weight; two halves of the power count as one."""
    expected = stats.t(freedom, SIMULATED, 2.0 / np.sqrt(WEIGHTS)).logpdf(OBSERVED).sum()
    whole, half = _errors(freedom=freedom), _errors(freedom=freedom, power=0.5)
    assert float(whole.log_density(whole.raw(SIMULATED), ())) == pytest.approx(expected)
    assert 2 * float(half.log_density(half.raw(SIMULATED), ())) == pytest.approx(expected)


@pytest.mark.parametrize(("correlation", "freedom"), [(0.0, np.inf), (0.7, np.inf), (0.3, 4.0)])
def test_squared_roots_differ_as_twice_the_log_density(correlation, freedom):
    """Least squares on the roots is maximum likelihood: between two runs both differ by the same."""
    errors, other = _errors(correlation=correlation, freedom=freedom, power=2.0), 0.8 * SIMULATED
    one, two = errors.raw(SIMULATED), errors.raw(other)
    squares = np.sum(errors.roots(two, ()) ** 2) - np.sum(errors.roots(one, ()) ** 2)
    assert squares == pytest.approx(2 * float(errors.log_density(one, ()) - errors.log_density(two, ())))
    assert np.sign(errors.roots(one, ())[0]) == 1


def test_what_is_estimated_is_where_scipys_optimiser_finds_it():
    """Error, autocorrelation and freedom of 60 cells together, the priors counted; rows do not disturb each other."""
    rng = np.random.default_rng(4)
    years, observed = np.arange(2001.0, 2061.0), np.full(60, 5.0)
    spread = Spread(autocorrelation="estimated", freedom="estimated")
    series = _series(years, observed)
    errors = Target(series, "Y", None, "student-t", np.ones(60), spread=spread).errors
    raw = np.array([rng.standard_t(5, 60), 3 * rng.standard_normal(60).cumsum() / 4])
    assert [each.name for each in errors.coordinates] == ["error", "autocorrelation", "freedom"]

    def cost(point, row):
        values = np.array([float(each.natural(z)) for each, z in zip(errors.coordinates, point, strict=True)])
        prior = sum(float(each.log_prior(v)) for each, v in zip(errors.coordinates, values, strict=True))
        return -float(errors.log_density(row, values)) - prior

    bounds = [(each.lower, each.upper) for each in errors.coordinates]
    for row, best in zip(raw, errors.best_log_density(raw), strict=True):
        starts = [[z, c, f] for z in (-1.0, 1.0) for c in (0.0, 0.8) for f in (1.0, 3.0)]
        found = min((minimize(cost, s, (row,), "L-BFGS-B", bounds=bounds) for s in starts), key=lambda each: each.fun)
        assert best == pytest.approx(-found.fun, abs=1e-6)
        point = [float(c.coordinate(v)) for c, v in zip(errors.coordinates, errors.estimate(row), strict=True)]
        assert point == pytest.approx(found.x, abs=0.01)


def test_an_error_of_which_nothing_is_stated_is_the_root_mean_square():
    """The weak prior moves the maximum of likelihood by less than 1 %, whatever the unit of the series."""
    rng = np.random.default_rng(1)
    for size in (1e-6, 1.0, 1e9):
        observed = size * (50 + rng.standard_normal(40))
        errors = Target(_series(np.arange(40.0), observed), "Y", None, "normal", np.ones(40)).errors
        raw = size * 0.3 * rng.standard_normal(40)
        assert errors.estimate(raw)[0] == pytest.approx(np.sqrt(np.mean(raw**2)), rel=0.01)


def test_a_perfect_fit_leaves_a_small_error_and_no_infinity():
    """Residuals of zero: the error ends on its bound, and the density is finite."""
    errors = Target(_series(YEARS, OBSERVED), "Y", None, "normal", np.ones(5)).errors
    (found,) = errors.estimate(np.zeros(5))
    assert 0 < found < 1e-3
    assert np.isfinite(errors.log_density(np.zeros(5), (found,)))


def test_slopes_square_to_fishers_information():
    """The information of t about its place is (nu + 1)/(nu + 3)/scale^2, of a normal number 1/sd^2."""
    slopes = np.ones((1, 5))
    for freedom, share in ((np.inf, 1.0), (4.0, 5 / 7)):
        rows = _errors(freedom=freedom).standardised(slopes, np.zeros(5), None)
        assert np.sum(rows**2) == pytest.approx(share * np.sum(WEIGHTS) / 4)


def test_the_future_goes_on_from_the_last_error():
    """A last error e with autocorrelation rho: h years later the mean is rho^h e, the variance that of the rest."""
    n = 40_000
    errors = _errors(correlation=0.8, weights=np.ones(5))
    raw = np.tile(errors.raw(SIMULATED), (n, 1))
    ahead = np.array([2010.0, 2013.0])
    drawn = errors.predict(raw, np.zeros((n, 2)), ahead, np.empty((n, 0)), rng=np.random.default_rng(2))
    kept = 0.8 ** (ahead - 2009)
    assert drawn.mean(axis=0) == pytest.approx(-3.0 * kept, abs=0.05)
    assert drawn.std(axis=0) == pytest.approx(2 * np.sqrt(1 - kept**2), rel=0.02)


def test_history_again_has_the_spread_of_the_errors():
    """Every cell has the same quartiles, and neighbours the correlation of the years between them."""
    n = 40_000
    drawn = _errors(correlation=0.5, weights=np.ones(5)).replicate(
        np.zeros((n, 5)), np.empty((n, 0)), rng=np.random.default_rng(3)
    )
    assert drawn.std(axis=0) == pytest.approx(np.full(5, 2.0), rel=0.02)
    assert np.corrcoef(drawn, rowvar=False)[0] == pytest.approx(0.5 ** (YEARS - 2001), abs=0.02)
    heavy = _errors(freedom=4.0).replicate(np.zeros((n, 5)), np.empty((n, 0)), rng=np.random.default_rng(3))
    assert np.quantile(heavy, [0.05, 0.75]) == pytest.approx(2 * stats.t(4).ppf([0.05, 0.75]), rel=0.03)


@pytest.mark.parametrize("simulated", [0.0, -1.0, np.nan, np.inf])
def test_a_value_without_logarithm_has_no_residual(simulated):
    """It is NaN, which a problem turns into the penalty."""
    assert np.isnan(_errors(logarithm=True).raw(np.full(5, simulated))).all()


def test_priors_are_those_that_are_said():
    """Draws of the prior have its quantiles: a log-normal factor, and a uniform autocorrelation."""
    rng = np.random.default_rng(5)
    scale, correlation = LogNormal("error", 3.0, 0.5), Correlation()
    assert np.quantile(scale.natural(scale.draw(50_000, rng)), [0.16, 0.5]) == pytest.approx(
        stats.lognorm(s=0.5, scale=3.0).ppf([0.16, 0.5]), rel=0.02
    )
    assert np.quantile(correlation.natural(correlation.draw(50_000, rng)), [0.25, 0.9]) == pytest.approx(
        [-0.5, 0.8], abs=0.02
    )


def _series(years, values):
    return ObservedSeries("y", "Dmnl", years, values, ((),) * years.size, None)
