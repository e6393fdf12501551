"""Mode, profiles, collinearity and posterior, on problems whose answers are known."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import least_squares, minimize
from scipy.special import logit
from scipy.stats import t

from rcsd.analysis.calibration import (
    Draws,
    LogPosterior,
    Problem,
    Profile,
    Sampling,
    Search,
    Target,
    find_mode,
    fit,
    identifiability,
    laplace_draws,
    predict,
    profiles,
    sample,
    starting_points,
    verdict,
)
from rcsd.analysis.calibration.course import PLAIN
from rcsd.analysis.calibration.noise import SCALE_SD
from rcsd.analysis.calibration.posterior.sampler.hindrance import SPENT
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulation.loading import load
from rcsd.simulator import broadcast_inputs

T = np.arange(11.0)


def _space(**parameters):
    return ParameterSpace(
        tuple(
            Parameter(name, *bounds[:2], unit="Dmnl", source="test", prior=bounds[2] if len(bounds) > 2 else None)
            for name, bounds in parameters.items()
        )
    )


def _problem(closed_form, observe, formula, space, values, error=1.0, kind="absolute"):
    target = Target(observe(2000 + T, values), "Y", error, kind, np.ones(T.size))
    simulator = closed_form(formula, {name: 1.0 for name in space.names})
    return Problem(simulator, space, (target,), (2000, 2010))


def _line(times, c):
    return c["a"] + c["b"] * (times - 2000)


def _starts(problem):
    return starting_points(problem.space, 4, rng=np.random.default_rng(0))


@pytest.fixture
def line_values():
    """Scatter a line with a deviation of one."""
    return 3 + 0.5 * T + np.random.default_rng(5).normal(size=T.size)


def test_profiles_of_linear_regression_are_its_intervals(closed_form, observe, line_values):
    """With a known error the 95 % interval of a coefficient is the estimate -+ 1.96 standard errors, and closed."""
    problem = _problem(closed_form, observe, _line, _space(a=(-20, 20), b=(-5, 5)), line_values)
    design = np.column_stack([np.ones_like(T), T])
    coefficients = np.linalg.lstsq(design, line_values, rcond=None)[0]
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ design)))
    for profile, exact, error in zip(profiles(problem, coefficients).profiles, coefficients, errors, strict=True):
        assert profile.best == pytest.approx(exact, abs=1e-4)
        assert profile.lower == pytest.approx(exact - 1.959964 * error, abs=2e-3 * error)
        assert profile.upper == pytest.approx(exact + 1.959964 * error, abs=2e-3 * error)
        assert profile.open == ""
        assert profile.rises == pytest.approx(((profile.values - exact) / error) ** 2, rel=1e-3, abs=1e-6)


def test_a_profile_is_what_the_data_say_and_no_prior(closed_form, observe, line_values):
    """A tight prior on a, far off, leaves the profiles of a and of b where they are without it."""
    free = _problem(closed_form, observe, _line, _space(a=(-20, 20), b=(-5, 5)), line_values)
    held = _problem(closed_form, observe, _line, _space(a=(-20, 20, Prior(5.0, 0.1)), b=(-5, 5)), line_values)
    start = np.array([3.0, 0.5])
    for without, prior in zip(profiles(free, start).profiles, profiles(held, start).profiles, strict=True):
        assert [prior.lower, prior.upper] == pytest.approx([without.lower, without.upper], abs=2e-3)


def test_a_profile_estimates_the_noise_anew(closed_form, observe, line_values):
    """Off its best value a level is judged by the noise that suits it best: on a grid the deviance is the same."""
    problem = _problem(
        closed_form, observe, lambda times, c: np.full(times.shape, c["a"]), _space(a=(-9, 15)), line_values
    )
    mode = find_mode(problem, _starts(problem))
    (profile,) = profiles(mode.problem, mode.estimate).profiles
    density = LogPosterior(problem)
    axes = np.meshgrid(np.linspace(-2, 3, 251), np.linspace(-4, 6, 251), indexing="ij")

    def deviance(a):
        rows = np.column_stack([np.full(axes[0].size, a), axes[0].ravel(), axes[1].ravel()])
        return -2 * density(rows).max()

    found = np.array([deviance(a) for a in profile.values])
    assert profile.rises == pytest.approx(found - found.min(), abs=0.02)
    assert profile.rises.max() > 3.84


def test_a_well_curved_peak_is_no_flat_one(product):
    """Priors on both factors, and data that fix their product well: a covariance, that of the linearised problem."""
    problem = product(a=(0.01, 10.0, Prior(0.6, 0.1)), b=(0.001, 1.0, Prior(0.1, 0.02)))
    precise = replace(problem, targets=(replace(problem.targets[0], error=0.005),))
    mode = find_mode(precise, _starts(precise))
    assert mode.covariance is not None
    a, b = mode.estimate
    # along the ridge a b = constant the priors alone hold: a moves by da, b by -b/a da
    along = 1 / np.sqrt(1 / 0.1**2 + (b / a / 0.02) ** 2)
    assert np.sqrt(mode.covariance[0, 0]) == pytest.approx(along, rel=0.15)
    assert np.sqrt(mode.covariance[1, 1]) == pytest.approx(b / a * along, rel=0.15)


@pytest.mark.parametrize(("level", "side"), [(0.0, "left"), (10.0, "right")])
def test_a_profile_that_meets_a_bound_is_open_there(closed_form, observe, level, side):
    """Data that sit on a bound leave that side open, and the interval ends on the bound."""
    problem = _problem(
        closed_form, observe, lambda times, c: np.full(times.shape, c["a"]), _space(a=(0, 10)), np.full(T.size, level)
    )
    (profile,) = profiles(problem, np.array([5.0])).profiles
    assert profile.open == side
    assert (profile.lower == 0.0, profile.upper == 10.0) == (side == "left", side == "right")


@pytest.fixture
def product(closed_form, observe):
    """Growth at a rate a b: the data see the product alone."""

    def make(**bounds):
        values = 10 * np.exp(0.06 * T) * np.exp(0.01 * np.sin(T))
        formula = lambda times, c: 10 * np.exp(c["a"] * c["b"] * (times - 2000))  # noqa: E731
        return _problem(closed_form, observe, formula, _space(**bounds), values, 0.02, "relative")

    return make


def test_a_product_is_told_by_collinearity_and_profiles(product):
    """Two parameters that enter as a product: index infinite or huge, profiles open, direction of both."""
    problem = product(a=(0.01, 10.0), b=(0.001, 1.0))
    mode = find_mode(problem, _starts(problem))
    found = identifiability(problem, mode.estimate)
    assert found.collinear[0].names == ("a", "b")
    assert found.collinear[0].index == np.inf
    assert found.index == np.inf
    # along a b = constant, in quarters of the search intervals; the first large component is positive
    a, b = mode.estimate / [9.99, 0.999]
    along = np.array([a, -b]) / np.hypot(a, b)
    assert found.weakest == pytest.approx(along if abs(along[0]) > 0.5 * abs(along[1]) else -along, abs=1e-5)
    assert found.collinear[0].left == pytest.approx(1.0, abs=1e-6)
    assert found.collinear[0].undivided
    for profile in profiles(problem, mode.estimate).profiles:
        assert profile.best == pytest.approx(mode.values[profile.name], rel=0.02)
        assert profile.open != ""
        assert verdict(profile, 1.0) == "prior"
        assert verdict(profile, None) == "nothing"


def test_a_product_is_told_by_the_posterior(product):
    """With flat priors the peak is flat, and the draws lie along the whole ridge within the bounds.

    With priors the ridge shows as a correlation of -1.
    """
    flat = product(a=(0.01, 10.0), b=(0.001, 1.0))
    mode = find_mode(flat, _starts(flat))
    assert mode.covariance is None
    found = sample(mode, Sampling(runs=200_000, effective=400), rng=np.random.default_rng(0))
    assert found.diagnostics.converged
    a, b = found.draws.values.T
    best = float(np.prod(mode.estimate))
    assert np.median(a * b) == pytest.approx(best, rel=0.1)
    # even in a along a b = c, up to the slope of the ridge, between the bounds that b sets and those of a
    assert np.quantile(a, 0.02) < 0.15 * 10
    assert np.quantile(a, 0.98) > 0.5 * 10
    held = product(a=(0.01, 10.0, Prior(0.6, 0.1)), b=(0.001, 1.0, Prior(0.1, 0.02)))
    mode = find_mode(held, _starts(held))
    found = sample(mode, Sampling(runs=100_000), rng=np.random.default_rng(0))
    a, b = found.draws.values.T
    assert np.corrcoef(np.log(a), np.log(b))[0, 1] < -0.95
    # the data fix the product; what they leave of the priors' spread is their mean along the ridge
    assert np.std(np.log(a * b)) < 0.25 * np.std(np.log(a))


class _Rounding:
    """Growth at a rate a b for all rows at once, wrong in its thirteenth digit as another machine's would be."""

    name = "rounding"
    constants: ClassVar = {"a": 1.0, "b": 1.0}
    variables = ("Y",)
    units: ClassVar = {"Y": "Dmnl"}

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def run(self, inputs=None, *, outputs=None, times=None):
        del outputs
        rows, n = broadcast_inputs(inputs, self.constants)
        values = 10 * np.exp((rows["a"] * rows["b"])[:, np.newaxis] * (times - 2000))
        values *= 1 + 1e-13 * self.rng.standard_normal(values.shape)
        ok = np.full(n, RunStatus.OK)
        return Ensemble(values[:, :, np.newaxis], times, ("Y",), self.units, ok, ("",) * n, rows)


def test_a_flat_peak_is_flat_however_it_is_rounded_and_reached(product, observe):
    """A product of two parameters without priors has no covariance: 100 seeds of starts and of rounding."""
    problem = product(a=(0.01, 10.0), b=(0.001, 1.0))
    (target,) = problem.targets
    three = observe(target.series.years[:3], target.series.values[:3])
    problem = replace(problem, targets=(Target(three, "Y", target.error, target.kind, np.ones(3)),))
    wrong = []
    for seed in range(100):
        flat = replace(problem, simulator=_Rounding(seed))
        mode = find_mode(flat, flat.space.sample(3, rng=np.random.default_rng(seed)))
        wrong += [seed] if mode.covariance is not None else []
    assert wrong == []


def test_a_direction_counts_as_flat_from_ten_search_intervals_on(closed_form, observe):
    """Cells that tell a with a standard deviation of 9 intervals determine it, with one of 11 they do not."""

    def spread(error):
        problem = _problem(
            closed_form,
            observe,
            lambda times, c: np.full(times.shape, c["a"]),
            _space(a=(0.0, 1.0)),
            0 * T + 0.5,
            error,
        )
        return fit(problem, Search(1), rng=np.random.default_rng(0)).standard_error

    assert spread(9.0 * np.sqrt(T.size)) == pytest.approx([9.0])
    assert spread(11.0 * np.sqrt(T.size)) is None


def test_a_peak_with_a_kink_has_the_covariance_of_its_information(closed_form, observe):
    """Where the slope of the runs jumps at the peak, the density has no second derivative; the mean slope serves."""
    # the data pull a up, its prior down, and it stays in 1, from where on the data see half of it
    formula = lambda times, c: np.full(times.shape, min(c["a"], 1 + 0.5 * (c["a"] - 1)))  # noqa: E731
    space = _space(a=(0.0, 2.0, Prior(0.9, 0.1)))
    problem = _problem(closed_form, observe, formula, space, np.full(T.size, 1.3), 0.1)
    mode = find_mode(problem, _starts(problem))
    assert mode.estimate[0] == pytest.approx(1.0, abs=1e-6)
    # covariances of an autoregression with two roots; innovations of t with 4 degrees tell 5/7 of what normal ones do
    s, rho, phi = mode.noise[0].scale, mode.noise[0].memory, PLAIN.momentum
    lag = np.abs(np.subtract.outer(T, T))
    series = (rho ** (lag + 1) / (1 - rho**2) - phi ** (lag + 1) / (1 - phi**2)) / ((rho - phi) * (1 - rho * phi))
    information = 5 / 7 * (0.75 / 0.1 / s) ** 2 * np.linalg.inv(series).sum()
    assert mode.covariance[0, 0] == pytest.approx(1 / (information + 1 / 0.1**2), rel=1e-4)
    # and 8/7 a cell of the logarithm of their scale
    assert mode.covariance[1, 1] == pytest.approx(1 / (8 / 7 * T.size + 1 / SCALE_SD**2))


@pytest.mark.parametrize(
    ("side", "ratio", "said"),
    [
        ("", 0.9, "data"), ("", 0.92, "data and prior"), ("", None, "data"),
        ("left", 0.9, "data and prior"), ("left", 0.92, "prior"), ("left", None, "nothing"),
        ("both", 0.5, "prior"), ("both", None, "nothing"),
    ],
)  # fmt: skip
def test_a_verdict_follows_profile_and_posterior(side, ratio, said):
    """The list of docs/uncertainty.md: a closed profile is no claim of the data where the posterior is the prior."""
    profile = Profile("a", np.array([0.0, 1.0]), np.array([0.0, 1.0]), 0.0, 0.0, 1.0, side)
    assert verdict(profile, ratio) == said


def test_collinearity_of_an_orthogonal_design_is_one(closed_form, observe):
    """Columns at right angles: no parameter makes up for another, and the information is diagonal."""
    formula = lambda times, c: c["a"] + c["b"] * (times - 2005)  # noqa: E731
    problem = _problem(closed_form, observe, formula, _space(a=(-8, 8), b=(-4, 4)), np.zeros(T.size))
    found = identifiability(problem, np.array([1.0, 1.0]))
    assert found.index == pytest.approx(1.0, abs=1e-6)
    assert found.collinear == ()
    # measured by a quarter of the interval: 4 and 2
    assert found.sensitivity == pytest.approx([4.0, 2 * np.sqrt(10.0)], rel=1e-5)
    assert found.information == pytest.approx(np.diag([11 * 16.0, 110 * 4.0]), rel=1e-5, abs=1e-3)


def test_collinear_parameters_can_still_be_told_apart(closed_form, observe):
    """Intercept and slope far from the origin: an index above 10, yet the data leave little of the spread."""
    formula = lambda times, c: c["a"] + c["b"] * (times - 1955)  # noqa: E731
    problem = _problem(closed_form, observe, formula, _space(a=(-8, 8), b=(-4, 4)), np.zeros(T.size), error=0.01)
    (pair,) = identifiability(problem, np.array([1.0, 1.0])).collinear
    design = np.column_stack([np.full(T.size, 4.0), 2 * (45 + T)]) / 0.01
    posterior = np.linalg.inv(design.T @ design + np.eye(2))
    assert pair.left == pytest.approx(np.sqrt(np.linalg.eigvalsh(posterior)[-1]), rel=1e-4)
    assert not pair.undivided


def test_the_mode_is_the_peak_of_the_joint_density(closed_form, observe, line_values):
    """Parameters and noise found in turns are where another optimiser ends on the joint density."""
    problem = _problem(closed_form, observe, _line, _space(a=(-20, 20), b=(-5, 5)), line_values, error=0.5)
    mode = find_mode(problem, _starts(problem))
    density = LogPosterior(mode.problem)
    other = minimize(
        lambda x: -density(x[np.newaxis])[0], mode.point + 0.05, method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 5000},
    )  # fmt: skip
    assert mode.point == pytest.approx(other.x, abs=2e-3)
    assert density(mode.point[np.newaxis])[0] == pytest.approx(-other.fun, abs=1e-6)


def test_posterior_of_a_level_equals_the_integral(closed_form, observe):
    """Y = a with unknown scale and memory: means and deviations of the chain are those of the density on a grid."""
    values = 4 + 0.8 * np.random.default_rng(2).normal(size=T.size)
    space = _space(a=(0.0, 8.0, Prior(3.0, 1.0)))
    problem = _problem(closed_form, observe, lambda times, c: np.full(times.shape, c["a"]), space, values)
    mode = find_mode(problem, _starts(problem))
    axes = [np.linspace(1.0, 7.0, 61), np.linspace(-1.9, 1.6, 41), np.linspace(-3.5, 4.5, 41)]
    grid = np.stack([each.ravel() for each in np.meshgrid(*axes, indexing="ij")], axis=1)
    logs = LogPosterior(problem)(grid)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = weights @ grid
    spread = np.sqrt(weights @ (grid - mean) ** 2)
    posterior = sample(mode, Sampling(effective=10_000, draws=20_000), rng=np.random.default_rng(1))
    approximated, _ = laplace_draws(mode, 4000, np.random.default_rng(1))
    for draws, tolerance in ((posterior.draws, 0.05), (approximated, 0.12)):
        points = np.column_stack([draws.values[:, 0], np.log(draws.noise[0][:, 0]), logit(draws.noise[0][:, 1])])
        assert np.abs(points.mean(axis=0) - mean) == pytest.approx(np.zeros(3), abs=tolerance * spread.max())
        assert points.std(axis=0) / spread == pytest.approx(np.ones(3), abs=2 * tolerance)
    assert posterior.diagnostics.converged
    assert posterior.quantiles((0.5,))[0, 0] == pytest.approx(mean[0], abs=0.1)


def test_one_seed_gives_one_chain(closed_form, observe, line_values):
    """The same state of the generator gives the same draws, bit for bit; another gives others."""
    problem = _problem(
        closed_form, observe, _line, _space(a=(-20, 20, Prior(3.0, 2.0)), b=(-5, 5, Prior(0.5, 1.0))), line_values
    )
    mode = find_mode(problem, _starts(problem))
    how = Sampling(runs=1, draws=20)
    one, two, other = (sample(mode, how, rng=np.random.default_rng(seed)).draws.values for seed in (1, 1, 2))
    assert one.tolist() == two.tolist()
    assert one.tolist() != other.tolist()


def test_a_short_chain_says_what_it_does_not_meet(product):
    """A budget of nothing leaves one short round on a ridge: it is there, with its faults and what hinders."""
    flat = product(a=(0.01, 10.0), b=(0.001, 1.0))
    found = sample(find_mode(flat, _starts(flat)), Sampling(runs=1, draws=20), rng=np.random.default_rng(1))
    assert not found.diagnostics.converged
    assert found.diagnostics.hindrances == (SPENT,)
    assert np.isfinite(found.quantiles((0.05, 0.5, 0.95))).all()


def test_predictions_continue_the_residuals(closed_form, observe):
    """A residual of 2 after none, with memory 0.5 and no innovation left, dies out along both roots of its process."""
    values = np.where(T == 10, 4.0, 0.0)
    problem = _problem(
        closed_form, observe, lambda times, c: np.full(times.shape, c["a"]), _space(a=(-9, 9)), values, 2.0
    )
    still = Draws(("a",), np.zeros((1, 1)), (np.array([[1e-12, 0.5]]),), (("scale", "memory"),))
    (found,) = predict(problem, still, np.array([2011.0, 2012.0, 2013.0]), rng=np.random.default_rng(0))
    after = np.arange(1.0, 4.0)
    # r = a 0.5^k + b phi^k, r(0) = 2 and r(-1) = 0
    b = 2 * PLAIN.momentum / (PLAIN.momentum - 0.5)
    assert found.observed[0] == pytest.approx(2 * ((2 - b) * 0.5**after + b * PLAIN.momentum**after))
    assert found.simulated[0].tolist() == [0.0, 0.0, 0.0]


def test_predictive_spread_is_that_of_the_process(closed_form, observe):
    """A year ahead half of it lies between the quartiles of t; far ahead it has the variance of its process.

    That of an autoregression of second order with coefficients a, b is (1-b)/((1+b)((1-b)^2 - a^2)).
    """
    problem = _problem(
        closed_form, observe, lambda times, c: np.full(times.shape, c["a"]), _space(a=(-9, 9)), np.zeros(T.size), 3.0
    )
    n = 20_000
    draws = Draws(("a",), np.zeros((n, 1)), (np.tile([2.0, 0.6], (n, 1)),), (("scale", "memory"),))
    (found,) = predict(problem, draws, np.array([2011.0, 2040.0]), rng=np.random.default_rng(0))
    quartiles = np.quantile(found.observed, [0.25, 0.75], axis=0)
    assert quartiles[:, 0] == pytest.approx(3 * 2 * t(4).ppf([0.25, 0.75]), rel=0.03)
    a, b = 0.6 + PLAIN.momentum, -0.6 * PLAIN.momentum
    stationary = np.sqrt((1 - b) / ((1 + b) * ((1 - b) ** 2 - a**2)))
    assert found.observed[:, 1].std() / found.observed[:, 0].std() == pytest.approx(stationary, rel=0.05)


def test_exponential_growth_is_regression_on_logarithms(closed_form, observe):
    """Ln Y = ln a + g t: estimates and profile intervals of growth are those of the line through the logarithms."""
    values = 10 * np.exp(0.08 * T + 0.05 * np.random.default_rng(3).normal(size=T.size))
    space = ParameterSpace(
        (Parameter("a", 2.0, 40.0, "Dmnl", "test", scale="log"), Parameter("g", -0.1, 0.4, "Dmnl", "test"))
    )
    formula = lambda times, c: c["a"] * np.exp(c["g"] * (times - 2000))  # noqa: E731
    problem = _problem(closed_form, observe, formula, space, values, 0.05, "relative")
    design = np.column_stack([np.ones_like(T), T])
    exact = np.linalg.lstsq(design, np.log(values), rcond=None)[0]
    errors = 0.05 * np.sqrt(np.diag(np.linalg.inv(design.T @ design)))
    a, g = profiles(problem, np.array([10.0, 0.08])).profiles
    assert [np.log(a.best), g.best] == pytest.approx(exact, abs=1e-5)
    for profile, low, high in zip((a, g), exact - 1.959964 * errors, exact + 1.959964 * errors, strict=True):
        ends = np.log([a.lower, a.upper]) if profile is a else [g.lower, g.upper]
        assert ends == pytest.approx([low, high], abs=2e-3 * (high - low))


def test_logistic_growth_is_that_of_another_optimiser(closed_form, observe, logistic_formula):
    """Estimates and errors are those of scipy, which finds the cost at both ends of each profile 3.84/2 higher."""
    truth = {"K": 180.0, "r": 0.35, "P0": 40.0}
    values = logistic_formula(2000 + T, truth) + 2.0 * np.random.default_rng(8).normal(size=T.size)
    space = _space(K=(50, 500), r=(0.01, 1.0), P0=(5, 100))
    problem = _problem(closed_form, observe, logistic_formula, space, values, 2.0)
    found = fit(problem, Search(6, tolerance=1e-10), rng=np.random.default_rng(0))

    def residuals(p):
        return (logistic_formula(2000 + T, dict(zip(truth, p, strict=True))) - values) / 2.0

    other = least_squares(residuals, [150, 0.3, 30], x_scale=[100, 0.1, 10], xtol=1e-12)
    assert found.estimate == pytest.approx(other.x, rel=1e-4)
    widened = max(1.0, np.sqrt(2 * found.cost / (T.size - 3)))
    errors = np.sqrt(np.diag(np.linalg.inv(other.jac.T @ other.jac)))
    assert found.standard_error / widened == pytest.approx(errors, rel=5e-3)
    for i, profile in enumerate(profiles(problem, found.estimate).profiles):
        for end in (profile.lower, profile.upper):
            held = least_squares(
                lambda p, i=i, end=end: residuals(np.insert(p, i, end)), np.delete(other.x, i), x_scale="jac"
            )
            assert 2 * (held.cost - other.cost) == pytest.approx(3.8415, rel=0.01)
        assert profile.open == ""


LOTKA_VOLTERRA = """{UTF-8}
Prey = INTEG(Prey*(Birth - 0.02*Predators), 60) ~ head ~ |
Predators = INTEG(Predators*(0.01*Prey - Death), 20) ~ head ~ |
Birth = 0.6 ~ 1/Year ~ |
Death = 0.6 ~ 1/Year ~ |
INITIAL TIME = 2000 ~ Year ~ |
FINAL TIME = 2012 ~ Year ~ |
TIME STEP = 0.03125 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
"""


@pytest.mark.slow
def test_a_pair_of_lotka_and_volterra_is_that_of_an_adaptive_solver(tmp_path, observe):
    """A model file and simulated noise: estimates are those of an adaptive solver, profiles hold the truth."""
    path = tmp_path / "pair.mdl"
    path.write_text(LOTKA_VOLTERRA)
    years = np.arange(2001.0, 2013.0)
    truth = np.array([0.55, 0.5])

    def solve(birth, death):
        def rates(_, state):
            return [state[0] * (birth - 0.02 * state[1]), state[1] * (0.01 * state[0] - death)]

        return solve_ivp(rates, (2000, 2012), [60.0, 20.0], t_eval=years, rtol=1e-10, atol=1e-10).y

    observed = solve(*truth) * np.exp(0.03 * np.random.default_rng(5).normal(size=(2, years.size)))
    space = _space(Birth=(0.2, 1.2), Death=(0.2, 1.2))
    targets = tuple(
        Target(observe(years, values, name), name, 0.03, "relative", np.ones(years.size))
        for name, values in zip(("Prey", "Predators"), observed, strict=True)
    )
    problem = Problem(load(path).simulator(method="rk4"), space, targets, (2001, 2012))
    found = fit(problem, Search(8, tolerance=1e-10), rng=np.random.default_rng(0))
    other = least_squares(lambda p: (np.log(solve(*p) / observed) / 0.03).ravel(), truth, x_scale=0.1, xtol=1e-12)
    assert found.estimate == pytest.approx(other.x, rel=1e-4)
    assert 2 * found.cost == pytest.approx(2 * other.cost, rel=1e-4)
    for profile, value in zip(profiles(problem, found.estimate).profiles, truth, strict=True):
        assert profile.lower < value < profile.upper
