"""The benchmark forecasts against numbers worked by hand and against statsmodels itself."""

import warnings

import numpy as np
import pytest
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from rcsd.analysis.backtest.baselines import BASELINES, benchmarks, note
from rcsd.analysis.forecasting import RULES, History
from rcsd.analysis.forecasting.holt import arima, ets
from rcsd.analysis.forecasting.naive import drift, last, log_drift

AHEAD = np.array([2011.0, 2012.0, 2013.0])
YEARS = np.arange(2003.0, 2011.0)
VALUES = np.array([10.0, 12.0, 11.0, 15.0, 16.0, 15.5, 19.0, 21.0])


def test_last_value_stays():
    """The window ends at 21, and so does every forecast year."""
    assert last(YEARS, VALUES, AHEAD).tolist() == [21.0, 21.0, 21.0]


def test_drift_follows_the_line_through_the_ends():
    """From 10 in 2003 to 21 in 2010 is 11/7 a year."""
    assert drift(YEARS, VALUES, AHEAD) == pytest.approx(21 + np.array([1, 2, 3]) * 11 / 7)


def test_log_drift_grows_at_the_mean_rate():
    """From 10 to 21 in 7 years is a factor of 2.1^(1/7) a year."""
    assert log_drift(YEARS, VALUES, AHEAD) == pytest.approx(21 * 2.1 ** (np.array([1, 2, 3]) / 7))


def test_drift_spans_a_dropped_last_year():
    """With 2010 dropped the line runs from 2003 to 2009 and is followed from 2009: 19 + 2 * 9/6 in 2011."""
    assert drift(YEARS[:-1], VALUES[:-1], AHEAD)[0] == pytest.approx(22.0)


def test_ets_is_statsmodels_additive_trend():
    """The forecast is that of ExponentialSmoothing called directly."""
    direct = ExponentialSmoothing(VALUES, trend="add", initialization_method="estimated").fit().forecast(3)
    assert ets(YEARS, VALUES, AHEAD).tolist() == direct.tolist()


def test_ets_skips_to_the_years_asked_for():
    """With the window ending in 2009 the forecasts of 2011-2013 are the second to fourth step."""
    direct = ExponentialSmoothing(VALUES[:-1], trend="add", initialization_method="estimated").fit().forecast(4)
    assert ets(YEARS[:-1], VALUES[:-1], AHEAD).tolist() == direct[1:].tolist()


def test_ets_fills_a_gap_by_a_line_and_says_so():
    """Without 2006 the value between 11 and 16 is 13.5; the note says that it was filled."""
    keep = YEARS != 2006
    filled = np.where(keep, VALUES, 13.5)
    assert ets(YEARS[keep], VALUES[keep], AHEAD).tolist() == ets(YEARS, filled, AHEAD).tolist()
    assert "interpolation" in note("ets", History(YEARS[keep], VALUES[keep]))
    assert note("drift", History(YEARS[keep], VALUES[keep])) == ""
    assert note("ets", History(YEARS, VALUES)) == ""


def test_ets_continues_an_exact_line():
    """A series without any error, for which statsmodels divides by zero inside, is continued without a warning."""
    assert ets(YEARS, 2 * YEARS, AHEAD) == pytest.approx(2 * AHEAD, rel=1e-6)
    assert ets(YEARS, np.full(8, 3.0), AHEAD) == pytest.approx([3.0, 3.0, 3.0])


@pytest.mark.parametrize(
    ("name", "values"), [("drift", [1.0]), ("log_drift", [1.0]), ("log_drift", [2.0, -1.0]), ("ets", [1.0, 2.0, 3.0])]
)
def test_undefined_forecast_is_nan_with_a_reason(name, values):
    """Too few values, or a negative one for growth rates: no forecast, and a note that says why."""
    years = 2010.0 - np.arange(len(values))[::-1]
    history = History(years, np.array(values))
    assert np.isnan(benchmarks({"y": history}, 2010, AHEAD)["y"][name]).all()
    assert note(name, history).startswith("not defined")


def test_the_rules_of_a_study_are_those_of_a_panel():
    """Several series at once get what each rule gives one alone, to rounding."""
    history = History(YEARS, VALUES, {year: 0.1 + 0.01 * (year % 3) for year in range(2001, 2011)})
    together = benchmarks({"a": history, "b": History(YEARS[2:], VALUES[2:] ** 2)}, 2010, AHEAD)
    assert list(together["a"]) == list(BASELINES)
    assert set(BASELINES) <= set(RULES)
    for name, forecast in together["a"].items():
        assert np.isfinite(forecast).all(), name
        np.testing.assert_allclose(forecast, RULES[name].forecast({"": history}, AHEAD)[""], rtol=1e-9, err_msg=name)


def test_the_two_line_rule_says_what_it_lacks():
    """Without a reference, or with one of too few years, it is not defined, and the note tells that from few cells."""
    for reference in ({}, {2010: 0.1}):
        history = History(YEARS, VALUES, reference)
        assert np.isnan(benchmarks({"y": history}, 2010, AHEAD)["y"]["two_line"]).all()
        assert "reference" in note("two_line", history)
    assert "fewer than" in note("two_line", History(YEARS[:2], VALUES[:2]))


def test_arima_is_statsmodels_on_logarithms():
    """The forecast is that of ARIMA(1,1,0) with drift of the logarithms, called directly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        direct = ARIMA(np.log(VALUES), order=(1, 1, 0), trend="t").fit().forecast(3)
    assert arima(YEARS, VALUES, AHEAD) == pytest.approx(np.exp(direct))


def test_arima_follows_constant_growth():
    """A series that grows by a tenth every year goes on doing so."""
    values = 10 * 1.1 ** (YEARS - 2003)
    assert arima(YEARS, values, AHEAD) == pytest.approx(values[-1] * 1.1 ** np.array([1.0, 2.0, 3.0]), rel=1e-3)


def test_arima_needs_positive_values_and_five_of_them():
    """Undefined is NaN throughout."""
    assert np.isnan(arima(YEARS[:4], VALUES[:4], AHEAD)).all()
    assert np.isnan(arima(YEARS, -VALUES, AHEAD)).all()
