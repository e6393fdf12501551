"""The index joined with what studies draw."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import IndicatorError, ParameterError
from rcsd.papers.resilience import index_draws
from rcsd.papers.resilience.studies import assess_resilience, look_ahead, outlook
from rcsd.study import DrawnStudy, SeriesDraws

N = 40
UNITS = {"population": "wan person", "real_gdp": "yi yuan/Year", "industry_scale": "yi yuan/Year"}


@pytest.fixture(scope="module")
def result():
    """Return the index of the four cities."""
    return assess_resilience(n_weights=20)


def frozen(result, city):
    """Return draws in which every series keeps its value of 2013, and the held-out years come as they came."""
    row = result.table.cities.index(city)
    held = result.table.years > 2010
    values = {name: result.table.values[name][row] for name in UNITS}
    later = {name: np.full((N, 17), each[-1]) for name, each in values.items()}
    back = {name: np.tile(each[held], (N, 1)) for name, each in values.items()}
    return DrawnStudy(
        city,
        SeriesDraws(np.arange(2014.0, 2031), later, UNITS),
        SeriesDraws(np.arange(2011.0, 2014), back, UNITS),
        approximate=False,
    )


def test_frozen_series_keep_what_the_model_forecasts(result):
    """GDP per person stays at its score of 2013, growth is nought, and the bands come from held indicators alone."""
    ahead = outlook(result, {city: frozen(result, city) for city in result.assessment.cities})
    base, codes = result.assessment, [each.code for each in result.assessment.indicators.present]
    assert [each.city for each in ahead.cities] == list(base.cities)
    for each in ahead.cities:
        assert each.band.years.tolist() == list(range(2014, 2024))
        assert each.outside[codes.index("C1")] == 0
        assert each.outside[codes.index("C11")] == 0
        assert (each.band.low <= each.band.median).all()
        assert (each.band.median <= each.band.high).all()
    np.testing.assert_allclose(ahead.ranks.sum(axis=0), 1)
    assert ahead.held_out == (2011, 2013)
    assert ahead.summary_years == (2019, 2023)


def test_held_out_errors_are_those_of_held_indicators(result):
    """With the model's series as they came, diversity, mostly modelled, errs less than the worst of the others."""
    ahead = outlook(result, {city: frozen(result, city) for city in result.assessment.cities})
    for each in ahead.cities:
        assert each.error is not None
        assert each.error[1, 5] < each.error[1, 1:].max()
        assert 0 <= each.covered[0] <= each.covered[1] == 3


def test_equal_seeds_give_equal_numbers(result):
    """And another seed draws other weights and other errors of what is held."""
    drawn = {city: frozen(result, city) for city in result.assessment.cities}
    first, again = (outlook(result, drawn) for _ in range(2))
    np.testing.assert_array_equal(first.average, again.average)
    assert not np.array_equal(first.average, outlook(replace(result, seed=5), drawn).average)
    seeds = [assess_resilience(n_weights=20, seed=seed).acceptability.shares for seed in (0, 1)]
    np.testing.assert_array_equal(seeds[0], result.acceptability.shares)
    assert not np.array_equal(*seeds)


def test_one_city_has_an_outlook_of_its_own(result):
    """The index of one city's draws does not depend on those of the others: what a single study's scenarios need."""
    drawn = {city: frozen(result, city) for city in result.assessment.cities}
    each = drawn["hegang"].later
    alone = index_draws(result.assessment, result.table, "hegang", each.values, each.years.astype(int))
    assert alone.index.shape == (N, 17)
    assert np.ptp(alone.index, axis=0).max() == 0


def test_what_cannot_be_joined_is_refused_before_a_study_runs(result, tmp_path):
    """A scheme without a common scale, and years that a study does not reach."""
    base = result.assessment
    by_year = replace(result, assessment=replace(base, scheme=replace(base.scheme, group="year")))
    with pytest.raises(ParameterError, match="--group"):
        look_ahead(by_year, out=tmp_path)
    far = replace(base.indicators, later=replace(base.indicators.later, last=2050))
    with pytest.raises(IndicatorError, match="ends in 2030"):
        look_ahead(replace(result, assessment=replace(base, indicators=far)), out=tmp_path)
    assert not list(tmp_path.iterdir())
