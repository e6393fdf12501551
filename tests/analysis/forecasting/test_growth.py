"""Rules that lean on the nation, against hand-worked numbers and a regression with known coefficients."""

import numpy as np
import pytest

from rcsd.analysis.forecasting import RULES, History, mix
from rcsd.analysis.forecasting.growth import gaps_of, national_growth, panel_regression, two_line

NATION = {year: 0.10 for year in range(2000, 2011)}
AHEAD = np.array([2011.0, 2012.0, 2013.0])


def city(growth, reference=NATION, first=2000, start=50.0):
    """Make a history that begins with `start` and grows as given."""
    values = start * np.exp(np.concatenate([[0.0], np.cumsum(growth)]))
    return History(first + np.arange(values.size, dtype=float), values, reference)


def test_the_two_line_rule_by_hand():
    """Gaps of 0.03, 0.06 and 0.03 have the mean 0.04, which adds 0.02, 0.01 and 0.005 to national growth."""
    history = city([0.3] * 7 + [0.13, 0.16, 0.13])
    national = mix(NATION, 3)
    expected = history.values[-1] * np.exp(np.cumsum(national + np.array([0.02, 0.01, 0.005])))
    assert two_line([history], AHEAD)[0] == pytest.approx(expected)


def test_a_city_that_grows_as_the_nation_is_the_nation():
    """Without a gap nothing but the mix remains."""
    history = city([0.1] * 10)
    assert np.diff(np.log(two_line([history], AHEAD)[0])) == pytest.approx(mix(NATION, 3)[1:])


def test_years_known_of_the_nation_are_not_forecast():
    """A city's cells end in 2009: of 2010 the nation's growth is known, and the gap has halved twice by 2011."""
    history = city([0.14] * 9)
    national = [0.10, mix(NATION, 1)[0]]
    expected = history.values[-1] * np.exp(np.sum(national) + 0.04 * (0.5 + 0.25))
    assert two_line([history], np.array([2011.0]))[0] == pytest.approx([expected])


def test_a_nation_that_ends_before_the_city_is_forecast_for_longer():
    """Reference growth to 2008, cells to 2010: the mix begins in 2009, and its third year is the first that counts."""
    short = {year: growth for year, growth in NATION.items() if year <= 2008}
    assert national_growth(city([0.1] * 10, short), 2012) == pytest.approx(mix(short, 4)[2:])


def test_gaps_are_own_growth_less_the_nations():
    """A missing year shares the growth between its neighbours."""
    history = History(np.array([2000.0, 2002.0]), np.array([1.0, np.exp(0.3)]), {2001: 0.1, 2002: 0.2})
    assert gaps_of(history) == pytest.approx({2001: 0.05, 2002: -0.05})


def test_the_panel_regression_finds_its_coefficients():
    """Gaps made with c 0.01, rho 0.6, kappa -0.1 and no error are continued by the same equation."""
    nation = {year: 0.08 + 0.02 * np.sin(year) for year in range(2000, 2011)}
    histories = []
    for start in np.linspace(-0.05, 0.05, 6):
        gaps = [start]
        for year in range(2002, 2011):
            gaps.append(0.01 + 0.6 * gaps[-1] - 0.1 * nation[year - 1])
        histories.append(city([nation[year] + gap for year, gap in zip(range(2001, 2011), gaps, strict=True)], nation))
    national = mix(nation, 3)
    for history, path in zip(histories, panel_regression(histories, AHEAD), strict=True):
        gap, before, growth = gaps_of(history)[2010], nation[2010], []
        for ahead in national:
            gap, before = 0.01 + 0.6 * gap - 0.1 * before, ahead
            growth.append(ahead + gap)
        assert np.log(path / history.values[-1]) == pytest.approx(np.cumsum(growth))


def test_the_lag_is_found_in_noise():
    """Over 20 panels of 60 cities, 10 years and a true lag of 0.5, forecast gaps halve to within a tenth."""
    nation = {year: 0.08 + 0.02 * np.sin(year) for year in range(2000, 2011)}
    shares = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        gaps = [rng.normal(0, 0.03, 60)]
        for _ in range(9):
            gaps.append(0.5 * gaps[-1] + rng.normal(0, 0.02, 60))
        growth = np.array(gaps) + np.array([[nation[year]] for year in range(2001, 2011)])
        path = panel_regression([city(each, nation) for each in growth.T], np.array([2011.0]))[:, 0]
        first = np.array([city(each, nation).values[-1] for each in growth.T])
        ahead = np.log(path / first)
        shares.append(np.polyfit(gaps[-1], ahead, 1)[0])
    assert np.mean(shares) == pytest.approx(0.5, abs=0.05)


def test_too_small_a_panel_has_no_regression():
    """Two cities of ten years are 18 rows, fewer than 30."""
    assert np.isnan(panel_regression([city([0.1] * 10), city([0.12] * 10)], AHEAD)).all()


def test_without_a_reference_neither_rule_is_defined():
    """NaN, and no guess of what the nation did."""
    history = city([0.1] * 10, reference={})
    for name in ("two_line", "panel"):
        assert np.isnan(RULES[name].forecast({"city": history}, AHEAD)["city"]).all()


def test_a_hole_in_the_reference_is_no_growth_of_zero():
    """A city ends in 2005, the nation's growth of 2006 is missing: what lies between is not known."""
    holed = {year: growth for year, growth in NATION.items() if year != 2006}
    histories = {"holed": city([0.1] * 5, holed), "whole": city([0.1] * 5)}
    found = RULES["two_line"].forecast(histories, AHEAD)
    assert np.isnan(found["holed"]).all()
    assert np.isfinite(found["whole"]).all()


def test_a_nation_in_free_fall_has_no_constant_increments():
    """A loss of ln 0.7 a year cannot be added three times: the rule is not defined, and does not stop the others."""
    falling = NATION | {2010: float(np.log(0.7))}
    found = RULES["two_line"].forecast({"a": city([0.1] * 10, falling), "b": city([0.1] * 10)}, AHEAD)
    assert np.isnan(found["a"]).all()
    assert np.isfinite(found["b"]).all()
