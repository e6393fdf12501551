"""Facts of the families of priors, held to scipy.stats and to integrals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from rcsd.analysis.parameters import Parameter
from rcsd.analysis.priors import FAMILIES, FamilyOnSearch, FamilyPrior
from rcsd.errors import ParameterError

EXACT = {
    "normal": ({"mean": 2.0, "sd": 0.7}, stats.norm(2.0, 0.7)),
    "log-normal": ({"median": 2.0, "sigma": 0.5}, stats.lognorm(0.5, scale=2.0)),
    "half-normal": ({"sd": 3.0}, stats.halfnorm(scale=3.0)),
    "uniform": ({"low": 0.05, "high": 0.9}, stats.uniform(0.05, 0.85)),
    "triangular": ({"low": 0.05, "mode": 0.3, "high": 0.9}, stats.triang(0.25 / 0.85, 0.05, 0.85)),
    "beta": ({"alpha": 2.0, "beta": 3.5}, stats.beta(2.0, 3.5)),
    "gamma": ({"shape": 2.5, "scale": 0.4}, stats.gamma(2.5, scale=0.4)),
    "inverse-gamma": ({"shape": 3.0, "scale": 1.5}, stats.invgamma(3.0, scale=1.5)),
    "exponential": ({"scale": 0.4}, stats.expon(scale=0.4)),
    "student-t": ({"df": 3.0, "location": 0.5, "scale": 0.2}, stats.t(3.0, 0.5, 0.2)),
    "cauchy": ({"location": 0.5, "scale": 0.2}, stats.cauchy(0.5, 0.2)),
    "half-cauchy": ({"scale": 0.5}, stats.halfcauchy(scale=0.5)),
}
BOUNDS = (0.1, 0.8)
SCALES = ("linear", "log", "logit")
X = np.linspace(0.12, 0.78, 13)  # none on the kink of the triangle


def _searched(family: str, scale: str) -> tuple[Parameter, FamilyOnSearch, stats.rv_continuous]:
    stated, exact = EXACT[family]
    parameter = Parameter("p", *BOUNDS, "", "test", scale=scale, prior=FamilyPrior.of(family, **stated))
    found = parameter.searched_prior
    assert isinstance(found, FamilyOnSearch)
    return parameter, found, exact


def test_every_family_is_held_to_scipy() -> None:
    """No family goes untested."""
    assert EXACT.keys() == FAMILIES.keys()


@pytest.mark.parametrize("family", EXACT)
def test_probabilities_and_quantiles_are_those_of_scipy(family: str) -> None:
    """Distribution function and its inverse agree with scipy.stats."""
    stated, exact = EXACT[family]
    shares = np.linspace(0.01, 0.99, 21)
    points = exact.ppf(shares)
    assert FAMILIES[family].quantile(shares, stated) == pytest.approx(points, rel=1e-9)
    assert FAMILIES[family].below(points, stated) == pytest.approx(shares, rel=1e-9)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("family", EXACT)
def test_the_squared_residual_is_the_deviance_of_the_density_on_the_search_scale(family: str, scale: str) -> None:
    """Minus half of it differs from scipy's log density plus the log slope of the scale by a constant."""
    parameter, prior, exact = _searched(family, scale)
    slope = {"linear": np.ones_like(X), "log": X, "logit": X * (1 - X)}[scale]
    difference = -0.5 * prior.residual(parameter.to_search(X)) ** 2 - exact.logpdf(X) - np.log(slope)
    assert np.ptp(difference) < 1e-9
    everywhere = np.linspace(*parameter.search_bounds, 1001)
    assert prior.residual(np.array(prior.centre)) == pytest.approx(0, abs=1e-6)
    assert np.min(prior.deviance(everywhere)) >= 0


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("family", EXACT)
def test_slope_and_bend_are_derivatives_of_half_the_deviance(family: str, scale: str) -> None:
    """Central differences give the same."""
    parameter, prior, _ = _searched(family, scale)
    z, h = parameter.to_search(X), 1e-4
    low, middle, high = (0.5 * prior.deviance(z + step) for step in (-h, 0, h))
    slope, bend = prior.bends(z)
    assert slope == pytest.approx((high - low) / (2 * h), rel=1e-5, abs=1e-6)
    assert bend == pytest.approx((high - 2 * middle + low) / h**2, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("family", EXACT)
def test_moments_and_quantiles_are_those_of_the_cut_density(family: str, scale: str) -> None:
    """Integrals of scipy's density between the bounds give mean, deviation and distribution on the search scale."""
    parameter, prior, exact = _searched(family, scale)
    mass = exact.cdf(BOUNDS[1]) - exact.cdf(BOUNDS[0])

    def mean(power: int, about: float) -> float:
        found = integrate.quad(
            lambda x: exact.pdf(x) / mass * (float(parameter.to_search(x)) - about) ** power, *BOUNDS, points=[0.3]
        )
        return float(found[0])

    centre = mean(1, 0.0)
    assert prior.sd == pytest.approx(mean(2, centre) ** 0.5, rel=1e-4)
    assert prior.spread == pytest.approx(mean(2, prior.centre) ** 0.5, rel=1e-4)
    shares = np.linspace(0.0, 1.0, 11)
    expected = exact.ppf(exact.cdf(BOUNDS[0]) + shares * mass)
    assert prior.quantile(shares) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("family", "stated", "match"),
    [
        ("gama", {"shape": 1.0}, "did you mean 'gamma'"),
        ("gamma", {"shape": 1.0}, "states `shape`, `scale`; found `shape`"),
        ("gamma", {"shape": -1.0, "scale": 1.0}, "`shape` of a gamma prior must be finite and above 0, found -1"),
        ("uniform", {"low": 2.0, "high": 1.0}, "needs low <= high, low < high; found"),
    ],
)
def test_what_is_no_distribution_is_refused(family: str, stated: dict[str, float], match: str) -> None:
    """The message names the number and the rule."""
    with pytest.raises(ParameterError, match=match):
        FamilyPrior.of(family, **stated)


@pytest.mark.parametrize(
    ("bounds", "prior", "match"),
    [
        ((0.0, 2.0), FamilyPrior.of("beta", alpha=2.0, beta=2.0), "upper bound 2 lies where the prior .* it ends at 1"),
        ((-1.0, 2.0), FamilyPrior.of("gamma", shape=2.0, scale=2.0), "lower bound -1 lies where the prior"),
        ((0.0, 2.0), FamilyPrior.of("gamma", shape=0.5, scale=2.0), "infinite at the lower bound 0"),
        ((0.0, 2.0), FamilyPrior.of("normal", mean=50.0, sd=1.0), "lies outside the bounds"),
    ],
)
def test_bounds_that_a_prior_does_not_cover_are_refused(
    bounds: tuple[float, float], prior: FamilyPrior, match: str
) -> None:
    """Where no estimate could be, or every one would go, the message says so."""
    with pytest.raises(ParameterError, match=f"parameter 'p': .*{match}"):
        Parameter("p", *bounds, "", "test", prior=prior)
