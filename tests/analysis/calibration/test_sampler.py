"""Sampling of any density: what comes out is what a formula says, or a long way of adding up."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma, kstest, norm, truncnorm

from benchmarks.posteriors.shapes import shapes
from benchmarks.posteriors.toy import Toy, box
from benchmarks.samplers import OFF, Peaks, off_by
from rcsd.analysis.calibration.errors.coordinates import Correlation, LogGamma
from rcsd.analysis.calibration.posterior.marginals import Bell, Flat, Table, of_coordinate
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics, diagnose
from rcsd.analysis.calibration.posterior.sampler.hindrance import hindrances, two_peaks
from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture, fit_mixture
from rcsd.analysis.calibration.posterior.sampler.nested import sample_nested
from rcsd.analysis.calibration.posterior.sampler.rounds import Sample, sample_density

Z = np.array([-6.0, -3.0, -0.5, 0.0, 1.0, 3.0, 6.0])
CURVED = Table.of(lambda x: gamma(3.0).logpdf(x), 0.1, 12.0)
MARGINALS = [
    Flat(-2.0, 5.0),
    Bell(1.0, 2.0),
    Bell(1.0, 2.0, 0.0, 1.5),
    CURVED,
    of_coordinate(Correlation()),
    of_coordinate(LogGamma("x", 2.0, 0.1, 10.0, 1.0, 200.0)),
]


@pytest.mark.parametrize("marginal", MARGINALS, ids=lambda each: type(each).__name__)
def test_a_slope_is_that_of_the_values(marginal):
    """The logarithm of the central difference of `from_standard`, also far out."""
    step = 1e-5
    slope = (marginal.from_standard(Z + step) - marginal.from_standard(Z - step)) / (2 * step)
    # a difference of two values next to a bound has lost digits
    assert np.exp(marginal.log_slope(Z)) == pytest.approx(slope, rel=1e-3, abs=1e-9)


@pytest.mark.parametrize("marginal", MARGINALS, ids=lambda each: type(each).__name__)
def test_deviates_of_values_are_those_that_they_came_from(marginal):
    """There and back, within the bounds."""
    z = np.array([-3.0, -0.5, 0.0, 1.0, 3.0])
    assert marginal.to_standard(marginal.from_standard(z)) == pytest.approx(z, abs=1e-3)
    assert np.all((marginal.from_standard(Z) >= marginal.lower) & (marginal.from_standard(Z) <= marginal.upper))


def test_values_of_deviates_have_the_prior_s_distribution():
    """Quantiles of a cut bell and a cut gamma are SciPy's; a flat prior's are shares of its width."""
    shares = norm.cdf(Z)
    assert Flat(-2.0, 5.0).from_standard(Z) == pytest.approx(-2 + 7 * shares)
    cut = truncnorm(-0.5, 0.25, loc=1.0, scale=2.0)
    assert Bell(1.0, 2.0, 0.0, 1.5).from_standard(Z) == pytest.approx(cut.ppf(shares), abs=1e-9)
    low, high = gamma(3.0).cdf([0.1, 12.0])
    inner = Z[1:-1]
    expected = gamma(3.0).ppf(low + norm.cdf(inner) * (high - low))
    assert CURVED.from_standard(inner) == pytest.approx(expected, abs=1e-3)


def test_the_mass_of_a_prior_is_its_integral():
    """That of a density which is 1 at its greatest, for a flat prior and a bell; of the gamma between its bounds."""
    assert np.exp(Flat(-2.0, 5.0).log_mass) == pytest.approx(7.0)
    cut = quad(lambda x: np.exp(-0.5 * ((x - 1) / 2) ** 2), 0.0, 1.5)[0]
    assert np.exp(Bell(1.0, 2.0, 0.0, 1.5).log_mass) == pytest.approx(cut)
    assert np.exp(CURVED.log_mass) == pytest.approx(np.subtract(*gamma(3.0).cdf([12.0, 0.1])), rel=1e-5)


def test_a_mixture_is_fitted_with_as_many_parts_as_there_are():
    """Two bells far apart become two parts with their shares, one bell a single part."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((2000, 3))
    assert fit_mixture(x, rng).weights.size == 1
    x[:600] += 12
    found = fit_mixture(x, rng)
    assert sorted(found.weights) == pytest.approx([0.3, 0.7], abs=0.01)
    # the density that is drawn from is the one that is said: a weighted mean of 1 is 1
    drawn = found.draw(20_000, rng)
    inside = Mixture.of([1.0], [found.means[0]], [0.5 * found.roots[0] @ found.roots[0].T])
    ratio = np.exp(inside.log_density(drawn) - found.log_density(drawn))
    assert np.mean(ratio) == pytest.approx(1.0, abs=0.05)


EASY = ("two modes, 5, 20 apart, 0.5", "crowded at bounds, 5", "ridge, 2, correlation 0.9999")


@pytest.mark.parametrize(
    "toy",
    [pytest.param(toy, id=toy.title, marks=() if toy.title in EASY else pytest.mark.slow) for toy in shapes()],
)
def test_chains_find_awkward_shapes(toy):
    """Shares of draws below 19 quantiles of each coordinate are those of exact draws, and all criteria are met.

    But for a funnel of ten, which takes more runs.
    """
    rng = np.random.default_rng(3)
    found = sample_density(toy, Peaks.of(toy, rng).beginning(), runs=400_000, effective=1000, rng=rng)
    assert found.diagnostics.converged or toy.title == "funnel, 10"
    assert off_by(found.points.reshape(-1, toy.exact(1, rng).shape[1]), toy.exact(50_000, rng)) < OFF


@pytest.mark.slow
def test_nested_sampling_finds_two_modes_and_their_evidence():
    """The integral of two unit bells of shares 0.8 and 0.2, each of mass 2 pi, is 2 pi."""
    (toy,) = (each for each in shapes() if each.title == "two modes, 2, 20 apart, 0.8")
    rng = np.random.default_rng(1)
    found = sample_nested(toy, runs=100_000, effective=2000, rng=rng)
    assert found.diagnostics.converged
    assert off_by(found.points[0], toy.exact(50_000, rng)) < OFF
    assert found.log_evidence == pytest.approx(np.log(2 * np.pi), abs=4 * found.log_evidence_error + 0.02)


def test_what_is_spent_stays_within_the_budget():
    """And is used up where the draws are never enough."""
    (toy,) = (each for each in shapes() if each.title == "ridge, 2, correlation 0.99")
    start = Mixture.of([1.0], [np.zeros(2)], [np.eye(2)])
    for runs in (20_000, 33_333):
        toy.n_runs = 0
        sample_density(toy, start, runs=runs, effective=1_000_000, rng=np.random.default_rng(3))
        assert 0.95 * runs < toy.n_runs <= runs


def _sample(points, marginals, **values):
    n = points.shape[1]
    told = {"steps": 1000, "walkers": 128, "groups": 4, "acceptance": 0.3, **values}
    diagnostics = Diagnostics(tuple("abcdefgh"[:n]), np.full(n, 1.2), np.full(n, 50.0), np.full(n, 50.0), **told)
    return hindrances(Sample(points[np.newaxis], diagnostics), marginals, 0.0)


def test_what_hinders_is_named():
    """Two modes, a ridge, a bound, refused moves: each from draws that have it and nothing else."""
    rng = np.random.default_rng(5)
    x = rng.standard_normal((8000, 3))
    wide = box(3, -50.0, 50.0)
    modes = x.copy()
    modes[:3000, 1] += 9
    assert _sample(modes, wide) == ("two modes, along b",)
    ridge = x.copy()
    ridge[:, 2] = ridge[:, 0] + 0.1 * x[:, 2]
    assert _sample(ridge, wide) == ("a ridge: a and c are known together only",)
    crowd = x.copy()
    crowd[:, 0] = 50 - rng.exponential(0.5, 8000)
    assert _sample(crowd, wide) == ("a bound: the draws crowd at that of a (upper)",)
    assert _sample(x, wide, acceptance=0.02) == ("a shape that no move fits: few proposals are accepted",)
    assert "nothing that is looked for" in _sample(x, wide)[0]
    assert hindrances(Sample(x[np.newaxis], diagnose(("a", "b", "c"), x[:800].reshape(100, 8, 3), groups=4, steps=999,
                                                     acceptance=0.5)), wide, 0.4) == (
        "40 % of the runs failed: bounds reach where the model does not run",
    )  # fmt: skip


def test_one_bell_has_one_peak():
    """Of 200 samples of a bell, a flat interval and Student's t none is said to have two."""
    rng = np.random.default_rng(6)
    draws = (lambda: rng.standard_normal(2000), lambda: rng.uniform(size=2000), lambda: rng.standard_t(3, 2000))
    assert not any(two_peaks(draw()) for draw in draws for _ in range(67))


def test_groups_that_have_settled_apart_are_told_by_r_hat():
    """Independent draws are as many effective ones; a group that is off by one is a fault."""
    rng = np.random.default_rng(7)
    chains = rng.standard_normal((200, 8, 1))
    good = diagnose(("x",), chains, groups=4, steps=200, acceptance=1.0)
    assert good.converged
    assert good.ess[0] == pytest.approx(1600, rel=0.25)
    chains[:, :2] += 1
    bad = diagnose(("x",), chains, groups=4, steps=200, acceptance=1.0)
    assert "R-hat of x" in bad.faults[0]


def test_kolmogorov_and_smirnov_see_a_sampler_that_is_too_sure():
    """The test that the calibration by simulation rests on refuses ranks of draws with half the true spread."""
    rng = np.random.default_rng(8)
    truth, centre = rng.standard_normal(200), 0.0
    assert kstest(norm.cdf(truth, centre, 1.0), "uniform").pvalue > 0.05
    assert kstest(norm.cdf(truth, centre, 0.5), "uniform").pvalue < 0.001


def test_a_toy_has_no_density_outside_its_bounds():
    """And the runs that it counts are those inside."""
    toy = Toy("flat", "bound", box(1, 0.0, 1.0), lambda x: np.zeros(len(x)))
    assert toy(np.array([[-0.1], [0.5]])).tolist() == [-np.inf, 0.0]
    assert toy.n_runs == 1
