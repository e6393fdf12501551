"""All rules together: nothing after an origin reaches a forecast, and each says where it is not defined."""

import csv

import numpy as np
import pytest

from rcsd.analysis.forecasting import RULES, History, forecast_rules, roll_rules, scaled_error
from rcsd.analysis.forecasting.rules import MEAN_OF, mean_of
from rcsd.errors import ParameterError, SeriesError
from tests.places import ROOT

AHEAD = np.array([2011.0, 2012.0, 2013.0])
QUICK = [name for name in RULES if name not in {"arima", "mean"}]
"""Without the two that statsmodels and a sum of others make slow; `mean` is tested by itself."""


@pytest.fixture(scope="module")
def panel():
    """Real GDP of 82 cities from 2000, with the nation's growth as the panel has it for each."""
    rows = {}
    with (ROOT / "calibration" / "panel" / "observed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row["city"], row["series"]), {})[int(row["year"])] = float(row["value"])
    cities = sorted({name for name, series in rows if series == "real_gdp"})
    return {
        name: History(
            np.array(list(rows[name, "real_gdp"]), dtype=float),
            np.array(list(rows[name, "real_gdp"].values())),
            rows[name, "national_income_growth"],
        )
        for name in cities
    }


@pytest.mark.parametrize("rule", QUICK)
def test_nothing_after_the_origin_is_seen(panel, rule):
    """Other values and another nation after 2010 leave every forecast as it was, bit by bit."""
    some = dict(list(panel.items())[:6]) if rule != "panel" else panel
    other = {
        name: History(
            each.years,
            np.where(each.years > 2010, 7 * each.values, each.values),
            {year: growth if year <= 2010 else -0.3 for year, growth in each.reference.items()},
        )
        for name, each in some.items()
    }
    one = forecast_rules(some, 2010, AHEAD, rules=[rule])[rule]
    two = forecast_rules(other, 2010, AHEAD, rules=[rule])[rule]
    for name in some:
        assert np.all(np.isfinite(one[name]))
        assert one[name].tolist() == two[name].tolist()


@pytest.mark.parametrize(
    "rule", ["last", "drift", "log_drift", "damped_log", "theta_opt_log", "auto_ets_log", "two_line"]
)
def test_rules_know_no_unit(panel, rule):
    """A thousand times the series has a thousand times the forecast."""
    some = dict(list(panel.items())[:4])
    scaled = {name: History(each.years, 1000 * each.values, each.reference) for name, each in some.items()}
    one = forecast_rules(some, 2010, AHEAD, rules=[rule])[rule]
    two = forecast_rules(scaled, 2010, AHEAD, rules=[rule])[rule]
    for name in some:
        assert two[name] == pytest.approx(1000 * one[name], rel=1e-3)


def test_errors_of_rules_that_need_no_fit_are_those_of_the_panel(panel):
    """Origins 2005-2013, one to three years ahead, GDP of all cities: MASE of 0.63 for two lines, 0.96 for log drift.

    The two-line rule is the better one at seven of the nine origins or more.
    """
    rolled = roll_rules(panel, range(2005, 2014), 3, rules=["two_line", "log_drift", "last"])
    errors = {}
    for rule, by_origin in rolled.items():
        for origin, medians in by_origin.items():
            for name, path in medians.items():
                known = dict(zip(panel[name].years.tolist(), panel[name].values.tolist(), strict=True))
                change = np.mean(np.abs(np.diff(panel[name].cut(origin).values)))
                for horizon in (1, 2, 3):
                    if origin + horizon in known:
                        error = scaled_error(path[horizon - 1], known[origin + horizon], change)
                        errors.setdefault((rule, origin), []).append(float(error))
    by_origin = {rule: np.array([np.mean(errors[rule, origin]) for origin in range(2005, 2014)]) for rule in rolled}
    pooled = {rule: np.mean(np.concatenate([errors[rule, origin] for origin in range(2005, 2014)])) for rule in rolled}
    assert pooled["two_line"] == pytest.approx(0.633, abs=0.01)
    assert pooled["log_drift"] == pytest.approx(0.956, abs=0.01)
    assert pooled["last"] == pytest.approx(3.513, abs=0.02)
    assert np.sum(by_origin["two_line"] < by_origin["log_drift"]) >= 7


def test_the_mean_gives_each_rule_the_same_weight():
    """Last value 21 and drift 21 + 11/7 have the mean 21 + 11/14."""
    years, values = np.arange(2003.0, 2011.0), np.array([10.0, 12.0, 11.0, 15.0, 16.0, 15.5, 19.0, 21.0])
    rule = mean_of([RULES["last"], RULES["drift"]])
    assert rule.forecast({"a": History(years, values)}, AHEAD)["a"][0] == pytest.approx(21 + 11 / 14)
    assert (rule.least, rule.positive, rule.reference_years) == (2, False, 0)
    assert set(MEAN_OF) < set(RULES)
    assert RULES["mean"].reference_years == 4


def test_a_rule_without_enough_cells_is_not_defined_for_that_series_alone():
    """Of three cells, two, and one that is negative: each rule takes what it can use."""
    histories = {
        "short": History(np.array([2009.0, 2010.0]), np.array([1.0, 2.0])),
        "negative": History(np.array([2008.0, 2009.0, 2010.0]), np.array([-1.0, 1.0, 2.0])),
    }
    found = forecast_rules(histories, 2010, AHEAD, rules=["last", "log_drift", "theta"])
    assert found["last"]["short"].tolist() == found["last"]["negative"].tolist() == [2, 2, 2]
    assert found["log_drift"]["short"] == pytest.approx([4, 8, 16])
    assert np.isnan(found["log_drift"]["negative"]).all()
    assert np.isnan(found["theta"]["short"]).all()


def test_series_of_different_lengths_are_forecast_together(panel):
    """A series that begins later, or ends before the origin, has the forecast that it has alone."""
    whole = next(iter(panel.values()))
    mixed = {
        "whole": whole,
        "late": History(whole.years[3:], whole.values[3:]),
        "ended": History(whole.years[:9], whole.values[:9]),
    }
    for rule in ("damped_log", "theta_opt", "auto_ets"):
        together = forecast_rules(mixed, 2010, AHEAD, rules=[rule])[rule]
        for name, history in mixed.items():
            alone = forecast_rules({name: history}, 2010, AHEAD, rules=[rule])[rule][name]
            assert together[name] == pytest.approx(alone, rel=1e-9)


def test_rolling_is_forecasting_from_each_origin(panel):
    """The path of an origin is that of `forecast_rules` there."""
    some = dict(list(panel.items())[:3])
    rolled = roll_rules(some, range(2005, 2008), 3, rules=["two_line", "drift"])
    direct = forecast_rules(some, 2006, np.array([2007.0, 2008.0, 2009.0]), rules=["two_line"])
    assert list(rolled) == ["two_line", "drift"]
    assert list(rolled["two_line"]) == [2005, 2006, 2007]
    for name in some:
        assert rolled["two_line"][2006][name].tolist() == direct["two_line"][name].tolist()


def test_bad_requests_are_named(panel):
    """An unknown rule, and years that are not ahead."""
    with pytest.raises(ParameterError, match="'tea leaves'"):
        forecast_rules(panel, 2010, AHEAD, rules=["tea leaves"])
    for years in ([2010.0, 2011.0], [2012.0, 2011.0], []):
        with pytest.raises(SeriesError, match="after the origin"):
            forecast_rules(panel, 2010, np.array(years))
    with pytest.raises(SeriesError, match="cut it at the origin"):
        RULES["last"].forecast(panel, AHEAD)


def test_every_rule_has_a_name_a_title_and_a_source():
    """Names are keys and columns, titles differ, a source stands behind each."""
    assert all(name == rule.name for name, rule in RULES.items())
    assert len({rule.title for rule in RULES.values()}) == len(RULES)
    assert all(len(rule.source) > 10 for rule in RULES.values())
