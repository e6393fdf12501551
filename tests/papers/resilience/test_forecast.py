"""The index after the data."""

import numpy as np
import pytest

from rcsd.errors import ParameterError, SeriesError
from rcsd.papers.resilience import (
    Scheme,
    assess,
    covered,
    errors_of,
    index_band,
    index_draws,
    load_indicators,
    period_means,
    rank_shares,
)

YEARS = np.array([2004, 2005])


def later(people, income):
    """Draws of both series, shape (n_draws, 2)."""
    return {"people": np.array(people, dtype=float), "income": np.array(income, dtype=float)}


@pytest.fixture
def known(towns):
    """Return the assessment of two towns and its table."""
    indicators, table = load_indicators(towns())
    return assess(indicators, table), table


def test_the_forecast_by_hand(known):
    """Income per person from the draws, debt per person held at its mean of two years, growth along its line."""
    base, table = known
    found = index_draws(base, table, "east", later([[2, 2], [2, 4]], [[40, 80], [10, 10]]), YEARS)
    income = (np.array([[20, 40], [5, 2.5]]) - 5) / 15
    np.testing.assert_allclose(found.normalised[..., 0], income)  # 40 per person lies above the scale: 7/3
    np.testing.assert_allclose(found.normalised[..., 1], (4 - 1.5) / 3)  # debt 2, 1: mean 1.5
    np.testing.assert_allclose(found.normalised[..., 2], [[2, 3], [2, 3]])  # growth 0, 1: the line gives 2, 3
    w = base.weights
    scores = found.normalised[..., :2] @ w.within[0, 0, :2]
    np.testing.assert_allclose(found.scores[..., 0], scores)
    np.testing.assert_allclose(found.index, scores * w.systems[0, 0, 0] + found.normalised[..., 2] * w.systems[0, 0, 1])
    np.testing.assert_allclose(found.outside, [0.5, 0, 1])


def test_clipping_keeps_the_scale(known):
    """With it the index cannot pass 1."""
    base, table = known
    found = index_draws(base, table, "east", later([[2, 2]], [[40, 80]]), YEARS, clip=True)
    assert found.normalised.min() >= 0
    assert found.normalised.max() <= 1
    assert found.outside.max() == 0


def test_observed_values_as_draws_give_the_observed_index(towns):
    """A forecast of assessed years by what came, with nothing held, is the index of those years."""
    path = towns(
        ('source = "this test"\n\n[indicators.I3]', 'source = "this test"\nforecast = "model"\n\n[indicators.I3]'),
        ('"trend"', '"model"'),
    )
    indicators, table = load_indicators(path)
    base = assess(indicators, table)
    for city in table.cities:
        row = table.cities.index(city)
        draws = {name: values[row, 2:][None, :] for name, values in table.values.items()}
        found = index_draws(base, table, city, draws, np.array([2002, 2003]))
        np.testing.assert_allclose(found.index[0], base.index[row, 1:])
        np.testing.assert_allclose(found.scores[0], base.scores[row, 1:])
        absolute, signed = errors_of(found, base)
        np.testing.assert_allclose(absolute, 0, atol=1e-12)
        np.testing.assert_allclose(signed, 0, atol=1e-12)
        assert covered(found, base)[1] == 2


def test_nothing_after_the_origin_is_used(known):
    """Values of the years forecast may be anything: the forecast does not change."""
    base, table = known
    changed = {name: values.copy() for name, values in table.values.items()}
    for values in changed.values():
        values[:, 3] = 1e6
    other = type(table)(table.cities, table.years, changed, table.flags, table.units)
    draws, years = {"people": np.array([[3.0]]), "income": np.array([[9.0]])}, np.array([2003])
    for rng in (None, 5):
        found = [
            index_draws(base, each, "west", draws, years, rng=None if rng is None else np.random.default_rng(rng)).index
            for each in (table, other)
        ]
        np.testing.assert_array_equal(*found)


def test_past_errors_spread_what_is_held(known):
    """With a generator held indicators get a band around the rule within their scale; modelled ones stay."""
    base, table = known
    n = 400
    draws = later(np.full((n, 2), 2.0), np.full((n, 2), 40.0))
    found = index_draws(base, table, "east", draws, YEARS, rng=np.random.default_rng(1))
    assert np.ptp(found.normalised[..., 0]) == 0
    held = found.normalised[..., 1]
    assert np.ptp(held) > 0.1
    assert held.min() >= 0
    assert held.max() <= 1
    again = index_draws(base, table, "east", draws, YEARS, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(found.index, again.index)


def test_a_failed_run_counts_for_nothing(known):
    """Its draw is NaN throughout, and the band is that of the others."""
    base, table = known
    good = later([[2, 2], [2, 4]], [[40, 80], [10, 10]])
    with_failed = {name: np.vstack([values, [[np.nan, np.nan]]]) for name, values in good.items()}
    band = index_band(index_draws(base, table, "east", with_failed, YEARS))
    assert (band.n_draws, band.n_failed) == (3, 1)
    np.testing.assert_allclose(band.median, index_band(index_draws(base, table, "east", good, YEARS)).median)
    dead = {name: np.full((2, 2), np.nan) for name in good}
    with pytest.raises(ParameterError, match="no draw of east gives an index"):
        index_band(index_draws(base, table, "east", dead, YEARS))


def test_an_indicator_that_cannot_be_worked_out_spoils_its_draw(known):
    """People of zero leave income per person undefined: the others must not take its weight."""
    base, table = known
    found = index_draws(base, table, "east", later([[0, 2], [2, 2]], [[1, 1], [1, 1]]), YEARS)
    assert found.ran.tolist() == [False, True]
    # its own system has no score in that year, the other system has
    assert np.isnan(found.scores).tolist() == [[[True, False], [False, False]], [[False, False], [False, False]]]
    assert np.isnan(found.index).tolist() == [[True, False], [False, False]]


def test_means_and_ranks_over_years(known):
    """Quantiles of the means by draw; ranks by draw, draw for draw."""
    base, table = known
    drawn = {
        city: index_draws(base, table, city, later([[2, 2], [2, 2]], income), YEARS)
        for city, income in (("east", [[40, 40], [0, 0]]), ("west", [[20, 20], [400, 400]]))
    }
    np.testing.assert_allclose(
        period_means(drawn["east"], 2004, 2005)[1, 0], np.median(drawn["east"].index.mean(axis=1))
    )
    np.testing.assert_array_equal(rank_shares(drawn, 2004, 2005), [[0.5, 0.5], [0.5, 0.5]])


def test_errors_are_in_per_cent_of_the_scale(known):
    """Income per person 5 too high on a scale of 15 moves the first system by its weight times a third."""
    base, table = known
    truth = np.array([[2.0]]), np.array([[30.0]])
    at = [index_draws(base, table, "east", {"people": truth[0], "income": income}, np.array([2003]),
                      like=base.values[0, 2:]) for income in (truth[1], truth[1] + 10)]  # fmt: skip
    gap = errors_of(at[1], base)[1][1, 1] - errors_of(at[0], base)[1][1, 1]
    assert gap == pytest.approx(100 * base.weights.within[0, 0, 0] / 3)


@pytest.mark.parametrize(
    ("city", "draws", "years", "message"),
    [
        ("north", later([[1, 1]], [[1, 1]]), YEARS, "no city 'north'"),
        ("east", {}, YEARS, "hold no series of the data"),
        ("east", later([[1, 1]], [[1, 1]]), np.array([2004, 2006]), "consecutive"),
        ("east", later([[1, 1]], [[1, 1]]), np.array([2006, 2007]), "consecutive"),
        ("east", later([[1, 1, 1]], [[1, 1, 1]]), YEARS, "must have the shape"),
    ],
)
def test_what_does_not_fit_is_refused(known, city, draws, years, message):
    """City, series, years and shapes."""
    with pytest.raises(ParameterError, match=message):
        index_draws(*known, city, draws, years)


def test_an_indicator_of_the_model_needs_a_series_of_the_model(known):
    """The message says what else it could be."""
    with pytest.raises(SeriesError, match=r'I1 of east .* say forecast = "hold"'):
        index_draws(*known, "east", {"debt": np.ones((1, 2))}, YEARS)


def test_weights_that_change_by_year_cannot_go_on(towns):
    """A forecast needs the scale and the weights of one pool."""
    indicators, table = load_indicators(towns())
    base = assess(indicators, table, Scheme(group="city"))
    with pytest.raises(ParameterError, match="weights of the pool"):
        index_draws(base, table, "east", later([[1, 1]], [[1, 1]]), YEARS)
