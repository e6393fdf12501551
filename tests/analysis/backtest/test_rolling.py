"""A rolling backtest, on series whose forecasts can be worked by hand."""

import numpy as np
import pytest
from scipy.stats import binom

from rcsd.analysis.backtest import BASELINES
from rcsd.analysis.backtest.baselines import benchmarks
from rcsd.analysis.backtest.rolling import Forecast, forecasts_of, mean_change, score_forecasts, scores_by
from rcsd.analysis.forecasting import History
from rcsd.analysis.metrics import crps
from rcsd.analysis.series import ObservedSeries

YEARS = np.arange(2000.0, 2011.0)


def _series(values, name="gdp"):
    return ObservedSeries(name, "Dmnl", YEARS, np.asarray(values, dtype=float), ((),) * YEARS.size, None)


def _forecasts_of(series, known, scored, origin, ahead, predictions, reference=None, group=""):
    """Put predictions beside what came, and beside the benchmark forecasts of the cells that are known."""
    before = series.where(known & (series.years <= origin))
    history = History.until(origin, before.years, before.values, reference)
    rules = benchmarks({"gdp": history}, origin, ahead)["gdp"]
    return forecasts_of(series, known, scored, origin, ahead, predictions, rules=rules, group=group)


def _draws(centre, spread, n=4001):
    """Draws evenly spaced over their centre -+ spread: quantiles are exact."""
    return np.linspace(-1, 1, n)[:, np.newaxis] * spread + np.asarray(centre)


def test_forecasts_stand_beside_what_came():
    """From 2008 a line of slope 2: last value is 2 and 4 off, drift is exact, changes before are 2 a year."""
    series = _series(10 + 2 * (YEARS - 2000))
    ahead = np.array([2009.0, 2010.0])
    found = _forecasts_of(
        series,
        np.ones(11, dtype=bool),
        np.ones(11, dtype=bool),
        2008,
        ahead,
        {"known": (np.array([29.0, 31.0]), _draws([28.0, 33.0], 4.0))},
        group="town",
    )
    assert [(each.horizon, each.observed, each.simulated) for each in found] == [(1, 28.0, 29.0), (2, 30.0, 31.0)]
    first = found[0]
    assert (first.median, first.lower, first.upper) == pytest.approx((28.0, 24.4, 31.6))
    assert first.change == pytest.approx(2.0)
    assert first.baselines["last"] == 26.0
    assert first.baselines["drift"] == pytest.approx(28.0)
    assert [each.covered for each in found] == [True, True]
    assert first.group == "town"


def test_benchmark_forecasts_do_not_see_past_the_origin():
    """Garbage after the origin changes what came, and nothing that was forecast; so with the reference."""
    values = 10 * 1.1 ** (YEARS - 2000)
    garbage = np.where(YEARS > 2007, -1e9, values)
    ahead = np.array([2008.0, 2009.0, 2010.0])
    shown = {"known": (np.ones(3), _draws(np.ones(3), 1.0))}
    mask = np.ones(11, dtype=bool)
    growth = {year: 0.1 for year in range(2000, 2008)}
    honest, fooled = (
        _forecasts_of(_series(each), mask, mask, 2007, ahead, shown, reference=reference)
        for each, reference in ((values, growth), (garbage, growth | {2008: 9.0, 2009: -9.0}))
    )
    for one, two in zip(honest, fooled, strict=True):
        assert one.baselines == two.baselines
        assert np.isfinite(list(one.baselines.values())).all()
        assert (one.median, one.change) == (two.median, two.change)
        assert one.observed != two.observed


def test_cells_that_are_not_trusted_are_not_scored():
    """A cell outside the mask is no forecast, though it lies after the origin."""
    scored = YEARS != 2009
    shown = {"known": (np.ones(3), _draws(np.ones(3), 1.0))}
    ahead = np.array([2008.0, 2009.0, 2010.0])
    found = _forecasts_of(_series(YEARS), np.ones(11, dtype=bool), scored, 2007, ahead, shown)
    assert [each.horizon for each in found] == [1, 3]


def _forecast(observed, median, half, **changes):
    settings = {
        "group": "a", "series": "gdp", "origin": 2008, "horizon": 1, "drivers": "known", "observed": observed,
        "simulated": median + 1, "median": median, "lower": median - half, "upper": median + half, "crps": 0.5,
        "change": 2.0, "baselines": {**dict.fromkeys(BASELINES, 99.0), "last": 100.0, "log_drift": np.nan},
    }  # fmt: skip
    return Forecast(**{**settings, **changes})


def test_scores_are_those_worked_by_hand():
    """Errors 4 and 2 over a yearly change of 2; one of two cells covered; the last value errs by 10 and 6."""
    two = [_forecast(110.0, 106.0, 5.0), _forecast(94.0, 96.0, 1.0)]
    found = score_forecasts(two)
    assert found.n == 2
    assert found.mase == pytest.approx((4 / 2 + 2 / 2) / 2)
    assert found.mape == pytest.approx(100 * (4 / 110 + 2 / 94) / 2)
    assert found.mape_simulated == pytest.approx(100 * (3 / 110 + 3 / 94) / 2)
    assert found.crps == pytest.approx(0.25)
    assert found.coverage == 0.5
    assert found.skill == pytest.approx(1 - (16 + 4) / (100 + 36))
    assert found.baselines["last"] == pytest.approx((10 / 2 + 6 / 2) / 2)
    assert np.isnan(found.baselines["log_drift"])


def test_the_band_of_the_coverage_is_binomial():
    """With 40 forecasts the band is that of 40 throws of probability 0.9."""
    found = score_forecasts([_forecast(100.0, 100.0, 1.0)] * 40)
    assert found.band == pytest.approx(tuple(np.array(binom(40, 0.9).interval(0.95)) / 40))


def test_groups_keep_their_order():
    """Scores come by key, in the order in which the keys first come."""
    found = scores_by([_forecast(1.0, 1.0, 1.0, horizon=h) for h in (2, 1, 2)], lambda each: (each.horizon,))
    assert {key: score.n for key, score in found.items()} == {(2,): 2, (1,): 1}
    assert list(found) == [(2,), (1,)]


def test_crps_of_a_large_normal_sample_is_the_closed_form():
    """For N(0, 1) and y the score is y (2 F(y) - 1) + 2 f(y) - 1/sqrt(pi)."""
    draws = np.random.default_rng(0).normal(size=200_000)
    assert crps(draws, 0.0) == pytest.approx(2 / np.sqrt(2 * np.pi) - 1 / np.sqrt(np.pi), abs=0.003)


def test_crps_equals_its_definition():
    """The sorted form gives the mean over all different pairs, written out; draws that are NaN do not count."""
    draws = np.array([3.0, -1.0, 0.5, 2.0, 2.0])
    pairs = [abs(a - b) for i, a in enumerate(draws) for j, b in enumerate(draws) if i != j]
    exact = np.mean(np.abs(draws - 1.2)) - np.mean(pairs) / 2
    assert crps(np.append(draws, np.nan), 1.2) == pytest.approx(exact)
    assert crps([4.0], 1.0) == 3.0
    assert crps([4.0, 4.0], 1.0) == 3.0
    assert np.isnan(crps([], 1.0))


def test_the_scale_of_errors_is_one_for_no_change_and_undefined_without_one():
    """Last year's value misses by the mean change; a constant series and a single cell have none."""
    series, years = np.array([3.0, 5.0, 4.0, 8.0, 9.0]), np.arange(2000.0, 2005.0)
    assert np.mean(np.abs(series[1:] - series[:-1])) / mean_change(years, series) == pytest.approx(1)
    assert np.isnan([mean_change(years[:2], np.full(2, 3.0)), mean_change(years[:1], series[:1])]).all()
