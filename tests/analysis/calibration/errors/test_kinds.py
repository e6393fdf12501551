"""What kinds refuse, and how series of different kinds stand beside each other."""

import numpy as np
import pytest
import statsmodels.api as sm

from rcsd.analysis.calibration import LogPosterior, Problem, Search, Spread, Target, find_mode, fit, laplace_draws
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.errors import ParameterError

YEARS = np.arange(2001.0, 2013.0)


@pytest.mark.parametrize(
    ("kind", "values", "error", "spread", "words"),
    [
        ("relative", [1.0, 2.0], None, Spread(), "has no error: give one, or a kind that estimates it"),
        ("normal", [1.0, 2.0], None, Spread(scale="given"), "has no error"),
        ("log-normal", [1.0, 0.0], None, Spread(), "not positive"),
        ("log-student-t", [-1.0, 2.0], 0.1, Spread(), "not positive"),
        ("poisson", [1.0, 2.5], None, Spread(), "2.5, which is no count"),
        ("negative-binomial", [-1.0, 2.0], None, Spread(), "-1, which is no count"),
        ("poisson", [1.0, 2.0], 0.1, Spread(), "follows from their mean"),
        ("normal", [1.0, 2.0], -1.0, Spread(), "positive standard error"),
        ("gamma", [1.0, 2.0], 1.0, Spread(), "there are relative, absolute, normal"),
    ],
)
def test_what_a_kind_cannot_be_is_refused_with_a_remedy(observe, kind, values, error, spread, words):
    """One message that names the series."""
    with pytest.raises(ParameterError, match=words) as caught:
        Target(observe([2000, 2001], values), "Y", error, kind, np.ones(2), spread=spread)
    assert "'y'" in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "field"),
    [({"autocorrelation": 1.0}, "autocorrelation"), ({"freedom": 0.0}, "freedom"), ({"weight": 0.0}, "weight")],
)
def test_a_number_outside_its_range_is_refused(settings, field):
    """The field is named."""
    with pytest.raises(ParameterError) as caught:
        Spread(**settings)
    assert caught.value.field == field


def test_a_count_that_a_change_of_unit_has_left_is_one(observe):
    """1.234 thousand is 1234, whatever its last bit."""
    target = Target(observe([2000], [1.234 * 1000 * (1 + 1e-15)]), "Y", None, "poisson", np.ones(1))
    assert target.errors.observed.tolist() == [1234.0]


def _mixed(closed_form, observe, weight=1.0):
    """Return one level seen by a relative, a normal and a Poisson series."""
    rng = np.random.default_rng(6)
    values = {
        "relative": 20 * np.exp(0.1 * rng.standard_normal(12)),
        "normal": 20 + 0.5 * rng.standard_normal(12),
        "poisson": rng.poisson(20, 12).astype(float),
    }
    errors = {"relative": 0.1, "normal": None, "poisson": None}
    targets = tuple(
        Target(observe(YEARS, values[kind], kind), "Y", errors[kind], kind, np.ones(12), spread=Spread(weight=weight))
        for kind in values
    )
    space = ParameterSpace((Parameter("m", 5, 50, "Dmnl", "chosen"),))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["m"]), {"m": 1.0})
    return Problem(simulator, space, targets, (2001, 2012)), values


def test_kinds_stand_beside_each_other(closed_form, observe):
    """A point names what is estimated of each series; a fit estimates what is not stated and nothing else."""
    problem, values = _mixed(closed_form, observe)
    density = LogPosterior(problem)
    assert density.names == ("m", "ln scale of relative", "ln error of normal", "logit memory of relative")
    fitted = fit(problem, Search(n_starts=2), rng=np.random.default_rng(0))
    assert fitted.noise[0] is None and fitted.noise[2] is None
    spread = np.sqrt(np.mean((values["normal"] - fitted.estimate[0]) ** 2))
    assert fitted.noise[1] == pytest.approx((spread,), rel=0.02)
    mode = find_mode(problem, np.array([[20.0]]))
    draws, _ = laplace_draws(mode, 400, np.random.default_rng(1))
    assert [each.shape for each in draws.noise] == [(400, 2), (400, 1), (400, 0)]
    columns = draws.noise_columns(["a", "b", "c"])
    assert list(columns) == ["scale of a", "error of b", "memory of a"]
    assert np.log(columns["error of b"]).mean() == pytest.approx(np.log(mode.noise[1][0]), abs=0.15)


def test_standard_errors_with_an_error_of_which_nothing_is_stated_are_those_of_regression(closed_form, observe):
    """A line with normal errors: estimates, and standard errors with n - 2 degrees of freedom."""
    rng = np.random.default_rng(2)
    values = 3 + 0.7 * (YEARS - 2000) + rng.standard_normal(12)
    target = Target(observe(YEARS, values), "Y", None, "normal", np.ones(12))
    space = ParameterSpace((Parameter("a", -50, 50, "Dmnl", "chosen"), Parameter("b", -9, 9, "Dmnl", "chosen")))
    simulator = closed_form(lambda times, c: c["a"] + c["b"] * (times - 2000), {"a": 0.0, "b": 0.0})
    found = fit(Problem(simulator, space, (target,), (2001, 2012)), Search(n_starts=2), rng=np.random.default_rng(0))
    other = sm.OLS(values, sm.add_constant(YEARS - 2000)).fit()
    assert found.estimate == pytest.approx(other.params, abs=1e-5)
    assert found.standard_error == pytest.approx(other.bse, rel=0.01)  # the weak prior of the error


def test_drawn_noise_and_bounds_are_those_of_the_coordinates(closed_form, observe):
    """Prior draws of the noise lie within the bounds of a point, and have a density there."""
    problem, _ = _mixed(closed_form, observe)
    density = LogPosterior(problem)
    drawn = density.draw_noise(500, np.random.default_rng(0))
    assert drawn.shape == (500, 3)
    assert np.all((drawn >= density.lower[1:]) & (drawn <= density.upper[1:]))
    points = np.column_stack([np.full(500, 20.0), drawn])
    assert np.isfinite(density(points)).mean() > 0.95
    outside = points[:1].copy()
    outside[0, 2] = density.upper[2] + 1
    assert density(outside)[0] == -np.inf


def test_a_weight_multiplies_the_log_likelihood(closed_form, observe):
    """Of all kinds: a density with the weight 3 has three times the likelihood and the same prior."""
    one, three = (LogPosterior(_mixed(closed_form, observe, weight)[0]) for weight in (1.0, 3.0))
    points = np.array([[20.0, 0.1, -0.5, 0.3], [18.0, 0.1, -0.5, 0.3]])
    assert np.diff(three(points)) == pytest.approx(3 * np.diff(one(points)))
