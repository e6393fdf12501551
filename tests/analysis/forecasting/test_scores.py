"""Scores against closed forms of the normal distribution, hand-worked numbers and another library."""

import numpy as np
import pytest
import scoringrules
from scipy.stats import binom, norm

from rcsd.analysis.forecasting import (
    coverage,
    covered,
    crps_logs,
    log_score,
    pit,
    pit_histogram,
    scaled_error,
    weighted_interval_score,
)
from rcsd.analysis.metrics import crps
from rcsd.errors import SeriesError


def normal_logs(n, mean=0.0, sd=0.1):
    """Take evenly spaced quantiles: a sample without chance."""
    return np.exp(norm.ppf((np.arange(n) + 0.5) / n, mean, sd))[:, None]


def normal_crps(y, sd):
    """Return the closed form of the CRPS of a centred normal (Gneiting & Raftery 2007, sec. 4.2)."""
    z = y / sd
    return sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))


@pytest.mark.parametrize("y", [-0.3, 0.0, 0.05])
def test_crps_of_a_normal(y):
    """A sample of 4000 quantiles has its closed form, times 100."""
    assert crps_logs(normal_logs(4000), [np.exp(y)])[0] == pytest.approx(100 * normal_crps(y, 0.1), rel=2e-3)


def test_crps_is_fair():
    """Three draws have the expected score of a thousand: over 40,000 samples, to within three standard errors."""
    rng = np.random.default_rng(0)
    scores = crps_logs(np.exp(rng.normal(0, 0.1, (3, 40_000))), np.exp(np.full(40_000, 0.05)))
    assert scores.mean() == pytest.approx(100 * normal_crps(0.05, 0.1), abs=3 * scores.std() / 200)


def test_crps_is_another_librarys_and_that_of_single_series():
    """The fair estimator of scoringrules, and the package's own for one cell, on logarithms."""
    rng = np.random.default_rng(1)
    draws, came = np.exp(rng.normal(size=(50, 8))), np.exp(rng.normal(size=8))
    ours = crps_logs(draws, came)
    assert ours == pytest.approx(100 * scoringrules.crps_ensemble(np.log(came), np.log(draws.T), estimator="fair"))
    assert ours[3] == pytest.approx(100 * crps(np.log(draws[:, 3]), float(np.log(came[3]))))


def test_weighted_interval_score_by_hand():
    """Draws 0, 1, 2, 3, 4 (logs), 5 came, one interval of 50 % (1 to 3): |5-2|/2 + 0.25 (2 + 4 * 2) over 1.5."""
    draws = np.exp(np.arange(5.0))[:, None]
    expected = 100 * (1.5 + 0.25 * (2 + 4 * 2)) / 1.5
    assert weighted_interval_score(draws, [np.exp(5.0)], outside=(0.5,))[0] == pytest.approx(expected)


def test_weighted_interval_score_is_another_librarys():
    """As by scoringrules, on the same quantiles."""
    rng = np.random.default_rng(2)
    logs, came = rng.normal(size=(400, 5)), rng.normal(size=5)
    alphas = np.array([0.1, 0.3, 0.6])
    lower, upper = np.quantile(logs, alphas / 2, axis=0).T, np.quantile(logs, 1 - alphas / 2, axis=0).T
    theirs = scoringrules.weighted_interval_score(came, np.median(logs, axis=0), lower, upper, alphas)
    assert weighted_interval_score(np.exp(logs), np.exp(came), outside=tuple(alphas)) == pytest.approx(100 * theirs)


def test_weighted_interval_score_tends_to_the_crps():
    """With a hundred intervals it is the CRPS to within two per cent (Bracher et al. 2021)."""
    draws = normal_logs(4000)
    many = tuple((np.arange(100) + 0.5) / 100)
    score = weighted_interval_score(draws, [np.exp(0.12)], outside=many)[0]
    assert score == pytest.approx(crps_logs(draws, [np.exp(0.12)])[0], rel=0.02)


def test_log_score_of_a_normal():
    """The kernels widen a normal of sd 0.1 by their bandwidth, 0.9 sd n^(-1/5): minus the log density of the sum."""
    n = 4000
    wide = 0.1 * np.sqrt(1 + (0.9 * n ** (-1 / 5)) ** 2)
    for y in (0.0, 0.15):
        assert log_score(normal_logs(n), [np.exp(y)])[0] == pytest.approx(-norm.logpdf(y, 0, wide), abs=0.01)


def test_log_score_is_another_librarys():
    """As by scoringrules with the same bandwidth."""
    rng = np.random.default_rng(3)
    logs, came = rng.normal(size=(60, 4)), rng.normal(size=4)
    spread = np.minimum(logs.std(axis=0, ddof=1), np.subtract(*np.quantile(logs, (0.75, 0.25), axis=0)) / 1.34)
    theirs = scoringrules.logs_ensemble(came, logs.T, bw=0.9 * spread * 60 ** (-1 / 5))
    assert log_score(np.exp(logs), np.exp(came)) == pytest.approx(theirs)


def test_log_score_far_outside_is_finite_and_of_one_value_is_not():
    """A surprise of a hundred bandwidths costs five thousand nats; draws without spread have no density."""
    assert 1000 < log_score(normal_logs(50), [np.exp(5.0)])[0] < np.inf
    assert log_score(np.ones((5, 1)), [1.0]).tolist() == [np.inf]


def test_coverage_and_its_binomial_band():
    """Nine of ten quantiles lie inside; the band of 200 cells at 90 % is that of the binomial distribution."""
    sample = normal_logs(1000)
    assert covered(np.repeat(sample, 3, axis=1), [1.0, sample.max(), sample.min()]).tolist() == [True, False, False]
    found = coverage(np.arange(200) < 170)
    low, high = binom.interval(0.95, 200, 0.9)
    assert (found.n, found.share, found.low, found.high) == (200, 0.85, low / 200, high / 200)
    assert np.isnan(coverage([]).share)


def test_pit_is_uniform_for_a_calibrated_forecast():
    """Draws and outcomes of one distribution fill ten bins evenly: the largest chi-square of 20 seeds is below 36."""
    worst = 0.0
    for seed in range(20):
        logs = np.random.default_rng(seed).normal(size=(40, 2000))
        counts = pit_histogram(pit(np.exp(logs[1:]), np.exp(logs[0])))
        assert counts.sum() == 2000
        worst = max(worst, float(np.sum((counts - 200) ** 2 / 200)))
    assert worst < 36  # exceeded once in 2000 of 20


def test_pit_says_narrow_and_biased():
    """Too narrow a forecast fills the ends, too low a one the right."""
    rng = np.random.default_rng(4)
    draws, came = np.exp(rng.normal(size=(99, 3000))), np.exp(rng.normal(0, 2, 3000))
    ends = pit_histogram(pit(draws, came))
    assert ends[0] + ends[-1] > 3 * (ends[4] + ends[5])
    right = pit_histogram(pit(draws, np.exp(rng.normal(1, 1, 3000))))
    assert right[-1] > 5 * right[0]


def test_scaled_errors_by_hand():
    """An error of 6 on a yearly change of 3 is 2; nothing can be said of a series that never changed."""
    assert scaled_error([106.0, 106.0], [100.0, 100.0], [3.0, 0.0])[0] == 2
    assert np.isnan(scaled_error([106.0], [100.0], [0.0])[0])


def test_what_has_no_logarithm_is_refused():
    """Scores of logarithms need positive draws, and more than one."""
    with pytest.raises(SeriesError, match="not positive"):
        crps_logs([[1.0], [-1.0]], [1.0])
    with pytest.raises(SeriesError, match="one row per draw"):
        crps_logs([[1.0]], [1.0])
