"""Scores from quantiles against closed forms, hand-worked numbers and the same scores from draws."""

import numpy as np
import pytest
from scipy.stats import norm

from rcsd.analysis.forecasting.levels import HIGH, LEVELS, LOW, MIDDLE
from rcsd.analysis.forecasting.quantiles import (
    OUTSIDE,
    inside,
    log_densities,
    quantile_crps,
    quantile_pit,
    quantile_wis,
    widened,
)
from rcsd.analysis.forecasting.scores import crps_logs, weighted_interval_score

NORMAL = norm.ppf(LEVELS)


def test_the_named_places_hold_the_ends_of_a_90_per_cent_interval():
    """5, 50 and 95 %."""
    assert LEVELS[[LOW, MIDDLE, HIGH]].tolist() == [0.05, 0.5, 0.95]


@pytest.mark.parametrize("off", [0.0, 0.3, -1.0, 2.0, -3.0])
@pytest.mark.parametrize("sd", [0.01, 0.3])
def test_crps_of_a_normal_forecast_is_the_closed_form(off, sd):
    """The score is sd [z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)]; Gneiting & Raftery 2007, section 4.2."""
    came = np.exp(1 + off * sd)
    exact = 100 * sd * (off * (2 * norm.cdf(off) - 1) + 2 * norm.pdf(off) - 1 / np.sqrt(np.pi))
    assert quantile_crps(np.exp(1 + sd * NORMAL), came) == pytest.approx(exact, rel=1e-3)


def test_crps_agrees_with_the_fair_estimator_over_many_draws():
    """A skewed forecast without a closed form, 200,000 draws."""
    rng = np.random.default_rng(5)
    logs = rng.gamma(2.0, 0.2, 200_000)
    quantiles = np.exp(np.quantile(logs, LEVELS))
    came = np.exp([0.05, 0.4, 1.2])
    drawn = crps_logs(np.exp(np.repeat(logs[:, None], 3, axis=1)), came)
    np.testing.assert_allclose(quantile_crps(np.broadcast_to(quantiles, (3, LEVELS.size)), came), drawn, rtol=5e-3)


def test_interval_score_agrees_with_that_of_draws():
    """The same intervals, taken from 99,999 draws that are quantiles themselves."""
    draws = np.exp(0.2 * norm.ppf(np.arange(1, 100_000) / 100_000))
    came = np.exp([-0.5, 0.0, 0.1, 0.7])
    from_draws = weighted_interval_score(np.repeat(draws[:, None], 4, axis=1), came, OUTSIDE)
    kept = np.broadcast_to(np.exp(0.2 * NORMAL), (4, LEVELS.size))
    np.testing.assert_allclose(quantile_wis(kept, came), from_draws, rtol=1e-3)


def test_log_density_of_a_normal_forecast_is_its_own():
    """Two halves of one normal density make it whole."""
    quantiles, came = np.exp(2 + 0.1 * NORMAL), np.exp([1.8, 2.0, 2.3])
    exact = norm.logpdf([1.8, 2.0, 2.3], 2, 0.1)
    np.testing.assert_allclose(log_densities(np.broadcast_to(quantiles, (3, 99)), came), exact, rtol=1e-9)


def test_each_side_of_the_log_density_has_half_of_the_mass():
    """The integral of a lopsided one over both sides is 1."""
    quantiles = np.exp(np.where(NORMAL < 0, 0.1, 0.4) * NORMAL)
    grid = np.linspace(-2, 4, 60_001)
    density = np.exp(log_densities(np.broadcast_to(quantiles, (grid.size, 99)), np.exp(grid)))
    assert np.trapezoid(density, grid) == pytest.approx(1, abs=1e-3)
    assert np.trapezoid(density[grid < 0], grid[grid < 0]) == pytest.approx(0.5, abs=1e-3)


def test_cells_at_the_ends_are_inside_and_pit_is_uniform_for_a_right_forecast():
    """By hand at the ends; and 20,000 outcomes of the forecast itself fill ten bins evenly."""
    quantiles = np.exp(NORMAL)
    ends = np.exp(norm.ppf([0.049, 0.05, 0.95, 0.951]))
    assert inside(np.broadcast_to(quantiles, (4, 99)), ends).tolist() == [0, 1, 1, 0]
    came = np.exp(np.random.default_rng(2).standard_normal(20_000))
    bins = np.histogram(quantile_pit(np.broadcast_to(quantiles, (came.size, 99)), came), 10, (0, 1))[0]
    assert np.all(np.abs(bins / 2000 - 1) < 0.1)
    assert inside(np.broadcast_to(quantiles, (came.size, 99)), came).mean() == pytest.approx(0.9, abs=0.01)


def test_widening_moves_every_quantile_from_the_median_by_the_factor():
    """Twice the spread is the normal forecast with twice its sd; the median stays."""
    wide = widened(np.exp(1 + 0.1 * NORMAL)[None], np.array([2.0]))
    np.testing.assert_allclose(wide, np.exp(1 + 0.2 * NORMAL)[None])


def test_what_is_not_known_has_no_score():
    """NaN in the outcome or in a quantile."""
    quantiles = np.stack([np.exp(NORMAL), np.where(LEVELS > 0.9, np.nan, np.exp(NORMAL))])
    for score in (quantile_crps, quantile_pit, inside, quantile_wis):
        assert np.isnan(score(quantiles, [np.nan, 1.0])).all(), score
