"""Benchmark rules over a panel: their medians, and bands from what was known."""

import numpy as np
import pytest

from rcsd.analysis.forecasting.levels import HIGH, LOW, MIDDLE
from rcsd.study.panel.scoring.cells import SeriesCells
from rcsd.study.panel.scoring.rules import chosen_rules, rule_medians, rule_quantiles, warm_origins
from tests.study.panel.scoring.made import growing

ORIGINS, HORIZON = tuple(range(2003, 2011)), 3


def cells_with(noise, *, reference=0.08, n=30):
    """Cities that grow by a tenth with noise in the levels, and a nation that grows by 8 %."""
    rng = np.random.default_rng(3)
    whole = [growing(reference=reference) for _ in range(n)]
    values = [history.values * np.exp(noise * rng.standard_normal(history.values.size)) for history in whole]
    names = tuple(f"c{k}" for k in range(n))
    years = whole[0].years
    observed = np.full((n, len(ORIGINS), HORIZON), np.nan)
    for row, origin in enumerate(ORIGINS):
        for h in range(1, HORIZON + 1):
            at = np.flatnonzero(years == origin + h)
            if at.size:
                observed[:, row, h - 1] = [each[at[0]] for each in values]
    histories = {
        origin: {
            name: type(whole[0]).until(origin, years, each, whole[0].reference if reference else None)
            for name, each in zip(names, values, strict=True)
        }
        for origin in ORIGINS
    }
    covered = np.ones(observed.shape, dtype=bool)
    return SeriesCells("gdp", names, ORIGINS, observed, np.ones(observed.shape[:2]), covered, histories)


def test_rules_of_the_nations_growth_need_it():
    """Without, neither the two-line rule nor what rests on it is there."""
    assert "two_line" in chosen_rules(cells_with(0.01, n=2))
    assert not {"two_line", "panel", "mean"} & set(chosen_rules(cells_with(0.01, reference=0.0, n=2)))


def test_rules_forecast_from_years_before_the_first_origin():
    """So that the first that is scored has errors to take a band from."""
    assert warm_origins(2000, (2005, 2006)) == (2003, 2004, 2005, 2006)
    assert warm_origins(2000, (2002,)) == (2002,)


@pytest.fixture
def two_rules(monkeypatch):
    """Leave two rules that take no time; the others have tests of their own."""
    monkeypatch.setattr("rcsd.study.panel.scoring.rules.chosen_rules", lambda _cells: ("last", "log_drift"))


@pytest.mark.usefixtures("two_rules")
def test_the_median_of_steady_growth_and_a_band_of_the_known_errors():
    """Log drift of exact growth is exact; with noise of 5 % the 90 % band is that of its own errors."""
    exact = cells_with(0.0, n=25)
    medians = {origin: rule_medians({"gdp": exact}, ("gdp", origin)) for origin in ORIGINS}
    at = medians[2008]
    np.testing.assert_allclose(at.of("log_drift")[0], 100 * np.exp(0.1 * np.array([9, 10, 11])), rtol=1e-5)
    noisy = cells_with(0.05)
    medians = {origin: rule_medians({"gdp": noisy}, ("gdp", origin)) for origin in ORIGINS}
    found = rule_quantiles(noisy, medians, (2010,))["last"][:, 0]
    errors = np.log(noisy.observed) - np.log(np.stack([medians[o].of("last") for o in ORIGINS], axis=1))
    for h in (1, 2, 3):
        known = errors[:, np.array(ORIGINS) + h <= 2010, h - 1].ravel()
        reach = np.quantile(np.concatenate([known, -known]), 0.95)
        got = np.log(found[0, h - 1, [LOW, MIDDLE, HIGH]] / found[0, h - 1, MIDDLE])
        np.testing.assert_allclose(got, [-reach, 0, reach], rtol=2e-3, atol=1e-3)


@pytest.mark.usefixtures("two_rules")
def test_nothing_after_an_origin_reaches_a_rule():
    """Other outcomes after 2008 leave medians and bands of 2008 as they were."""
    one, other = cells_with(0.05), cells_with(0.05)
    due = np.array(ORIGINS)[:, None] + np.arange(1, HORIZON + 1)
    other.observed[:, due > 2008] = 1.0
    bands = []
    for cells in (one, other):
        medians = {origin: rule_medians({"gdp": cells}, ("gdp", origin)) for origin in ORIGINS}
        bands.append(rule_quantiles(cells, medians, (2008,)))
    for rule in bands[0]:
        np.testing.assert_array_equal(bands[0][rule], bands[1][rule])
