"""Bands of rules from their own earlier errors, and only from those known at the origin."""

import numpy as np
import pytest

from rcsd.analysis.forecasting import History, crps_logs, known_errors, rule_bands
from rcsd.analysis.forecasting.bands import error_sample, spread_of_changes
from rcsd.bands import band
from rcsd.errors import SeriesError

YEARS = np.arange(2000.0, 2011.0)


def grown(n=30, seed=0):
    """Make series of random growth."""
    rng = np.random.default_rng(seed)
    values = np.exp(np.cumsum(rng.normal(0.1, 0.05, (n, YEARS.size)), axis=1))
    return {f"c{place}": History(YEARS, row) for place, row in enumerate(values)}


def last_values(histories, origins, n_years=3):
    """Forecast no change from many origins."""
    return {
        origin: {name: np.full(n_years, each.values[origin - 2000]) for name, each in histories.items()}
        for origin in origins
    }


def test_errors_by_hand():
    """100 is forecast from 2000 and 110 from 2001; 110 and 121 came: one error of ln 1.21 and two of ln 1.1 by 2002."""
    histories = {"a": History(np.array([2000.0, 2001.0, 2002.0]), np.array([100.0, 110.0, 121.0]))}
    medians = {2000: {"a": np.array([100.0, 100.0])}, 2001: {"a": np.array([110.0, 110.0])}}
    found = known_errors(medians, histories, 2002)
    assert found[1] == pytest.approx([np.log(1.1), np.log(1.1)])
    assert found[2] == pytest.approx([np.log(1.21)])
    assert list(known_errors(medians, histories, 2001)) == [1]
    assert known_errors(medians, histories, 2000) == {}


def test_an_outcome_after_the_origin_has_no_part():
    """Other values after 2006, and forecasts from later origins, leave the bands of 2006 as they were."""
    histories = grown()
    other = {n: History(YEARS, np.where(YEARS > 2006, 9 * h.values, h.values)) for n, h in histories.items()}
    medians = last_values(histories, range(2001, 2010))
    one = rule_bands(medians, histories, 2006, range(1, 4))
    two = rule_bands({o: m for o, m in medians.items() if o < 2006}, other, 2006, range(1, 4))
    for horizon in (1, 2, 3):
        assert one[horizon].errors.tolist() == two[horizon].errors.tolist()


def test_errors_across_a_jump_are_left_out():
    """With a jump in 2005 the errors one year ahead lose the one from 2004."""
    histories = grown(n=1)
    medians = last_values(histories, range(2001, 2009))
    whole = known_errors(medians, histories, 2009)
    less = known_errors(medians, histories, 2009, breaks={"c0": frozenset({2005})})
    assert [whole[h].size - less[h].size for h in (1, 2, 3)] == [1, 2, 3]


def test_samples_are_symmetric_so_the_median_stays():
    """Every error stands beside its negative."""
    sample = rule_bands(last_values(grown(), range(2001, 2010)), grown(), 2009, [2])[2]
    assert sample.errors == pytest.approx(-sample.errors[::-1])
    assert sample.basis == "errors"
    assert np.exp(band(np.log(sample.draws(50.0))).median) == pytest.approx(50.0)


def test_what_stands_in_at_the_first_origins():
    """Without errors of three years those of one year times the root of three; without any, yearly changes."""
    histories = grown()
    changes = spread_of_changes(histories, 2003)
    one_year = np.linspace(-0.1, 0.2, 30)
    sample = error_sample({1: one_year}, 3, changes)
    assert sample.basis == "shorter horizon"
    assert sample.errors.max() == pytest.approx(0.2 * np.sqrt(3))
    first = error_sample({}, 2, changes)
    assert first.basis == "yearly changes"
    assert first.errors.max() == pytest.approx(np.abs(changes).max() * np.sqrt(2))
    few = error_sample({1: np.ones(5), 2: one_year}, 2, changes)
    assert few.basis == "errors"
    assert error_sample({1: np.ones(5)}, 1, changes).basis == "yearly changes"
    with pytest.raises(SeriesError, match="no earlier error"):
        error_sample({}, 1, np.zeros(0))


def test_changes_spread_as_their_process():
    """Growth with sd 0.05: over 20 panels the pooled variance is that, with the means estimated."""
    variances = [np.mean(spread_of_changes(grown(seed=seed), 2010) ** 2) for seed in range(20)]
    assert np.mean(variances) == pytest.approx(0.05**2, rel=0.05)


def test_bands_hold_what_they_promise_on_walks():
    """Random walks without drift, no change forecast: over 20 panels, 90 % bands of 2007 hold nine in ten cells."""
    inside = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        values = np.exp(np.cumsum(rng.normal(0, 0.05, (40, YEARS.size)), axis=1))
        histories = {str(place): History(YEARS, row) for place, row in enumerate(values)}
        medians = last_values(histories, range(2001, 2008))
        bands = rule_bands(medians, histories, 2007, range(1, 4))
        for horizon in (1, 2, 3):
            low, _, high = band(bands[horizon].errors).stacked()
            errors = np.log(values[:, 7 + horizon] / values[:, 7])
            inside += ((low <= errors) & (errors <= high)).tolist()
    assert np.mean(inside) == pytest.approx(0.9, abs=0.02)


def test_a_rule_is_scored_as_a_model_is():
    """The errors are a sample: its CRPS is that of draws, and a better centre scores lower."""
    sample = rule_bands(last_values(grown(), range(2001, 2010)), grown(), 2009, [1])[1]
    near, far = (crps_logs(sample.draws(median)[:, None], [100.0])[0] for median in (100.0, 130.0))
    assert 0 < near < far
