"""Fit statistics against numbers worked by hand and identities that hold for any data."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rcsd.analysis import metrics
from rcsd.errors import SeriesError

ACTUAL = [100.0, 110.0, 130.0, 120.0]
SIMULATED = [90.0, 121.0, 130.0, 132.0]
"""Errors -10, 11, 0, 12: sum of squares 365."""

values = st.integers(-(10**9), 10**9).map(lambda i: i / 1000)
pairs = st.lists(st.tuples(values, values), min_size=2, max_size=20)


def test_the_error_statistics_of_a_worked_example() -> None:
    """MAE 33/4, MAPE mean(10, 10, 0, 10) %, RMSE sqrt(365/4), RMSPE sqrt(300/4) %."""
    found = metrics.fit_statistics(ACTUAL, SIMULATED)
    assert found.n == 4
    assert found.mae == pytest.approx(33 / 4)
    assert found.mape == pytest.approx(7.5)
    assert found.rmse == pytest.approx(math.sqrt(365 / 4))
    assert found.rmspe == pytest.approx(math.sqrt(75))


def test_the_validation_statistics_of_a_worked_example() -> None:
    """Means 115 and 118.25; SST 500; sum of cross products 655; simulated squares 1132.75."""
    found = metrics.fit_statistics(ACTUAL, SIMULATED)
    s_a, s_s, mse = math.sqrt(500 / 4), math.sqrt(1132.75 / 4), 365 / 4
    assert found.r2_explained == pytest.approx(1 - 365 / 500)
    assert found.r2_correlation == pytest.approx(655**2 / (500 * 1132.75))
    assert found.theil_um == pytest.approx(3.25**2 / mse)
    assert found.theil_us == pytest.approx((s_s - s_a) ** 2 / mse)
    assert found.theil_uc == pytest.approx(2 * (s_s * s_a - 655 / 4) / mse)
    assert found.barlas_e1 == pytest.approx(100 * 3.25 / 115)
    assert found.barlas_e2 == pytest.approx(100 * (s_s - s_a) / s_a)
    assert found.barlas_u == pytest.approx(math.sqrt(365 - 4 * 3.25**2) / (math.sqrt(500) + math.sqrt(1132.75)))
    assert found.theil_u2 == pytest.approx(math.sqrt((121 + 0 + 144) / (100 + 400 + 100)))


@given(pairs)
def test_theils_three_shares_sum_to_one(rows: list[tuple[float, float]]) -> None:
    """The decomposition is an identity, for population standard deviations only."""
    actual, simulated = np.array(rows).T
    assume(np.max(np.abs(simulated - actual)) > 1e-3)
    assert sum(metrics.theil_decomposition(actual, simulated)) == pytest.approx(1, abs=1e-6)


@given(pairs)
def test_bounded_statistics_stay_in_their_bounds(rows: list[tuple[float, float]]) -> None:
    """U1 and Barlas's U lie in [0, 1] by the triangle inequality; R2 of 1 - SSE/SST below 1."""
    found = metrics.fit_statistics(*np.array(rows).T)
    for value in (found.theil_u1, found.barlas_u):
        assert math.isnan(value) or -1e-9 <= value <= 1 + 1e-9
    assert math.isnan(found.r2_explained) or found.r2_explained <= 1


def test_a_pure_bias_is_all_um() -> None:
    """A constant offset has no other share."""
    assert metrics.theil_decomposition([1, 2, 3], [2, 3, 4]) == pytest.approx((1, 0, 0))


def test_the_no_change_forecast_scores_one() -> None:
    """U2 and skill measure against it: the forecast A_{t-1} gets 1 and 0."""
    series = np.array([3.0, 5.0, 4.0, 8.0, 9.0])
    forecast = np.r_[series[0], series[:-1]]
    assert metrics.theil_u2(series, forecast) == pytest.approx(1)
    assert metrics.skill(series, forecast, forecast) == pytest.approx(0)


def test_skill_is_one_for_a_perfect_forecast_and_negative_for_a_worse_one() -> None:
    """Half the error is a skill of 3/4, twice the error one of -3."""
    actual, naive = np.zeros(3), np.full(3, 2.0)
    assert metrics.skill(actual, actual, naive) == 1
    assert metrics.skill(actual, naive / 2, naive) == pytest.approx(0.75)
    assert metrics.skill(actual, naive * 2, naive) == pytest.approx(-3)


def test_pairs_with_a_gap_are_dropped() -> None:
    """A NaN on either side takes its partner with it."""
    with_gaps = metrics.fit_statistics([*ACTUAL, math.nan, 5], [*SIMULATED, 1, math.nan])
    assert with_gaps == metrics.fit_statistics(ACTUAL, SIMULATED)


def test_what_is_undefined_is_nan_and_the_rest_is_not() -> None:
    """A zero in A spoils relative errors only; a single pair or a constant has no spread."""
    zero = metrics.fit_statistics([0.0, 2.0], [1.0, 2.0])
    assert math.isnan(zero.mape) and math.isnan(zero.rmspe) and zero.mae == 0.5
    single = metrics.fit_statistics([2.0], [3.0])
    undefined = (single.r2_correlation, single.r2_explained, single.theil_um, single.theil_u2, single.barlas_e2)
    assert all(map(math.isnan, undefined)) and single.mape == 50


@pytest.mark.parametrize(("actual", "simulated"), [([1.0], [math.nan]), ([1.0, 2.0], [1.0]), ([], [])])
def test_nothing_to_compare_is_an_error(actual: list[float], simulated: list[float]) -> None:
    """Statistics of nothing, or of two series out of step, are refused."""
    with pytest.raises(SeriesError):
        metrics.fit_statistics(actual, simulated)


def test_skill_needs_series_of_one_length() -> None:
    """A naive forecast of another length is refused, not broadcast."""
    with pytest.raises(SeriesError, match="one shape"):
        metrics.skill([1.0, 2.0], [1.0, 2.0], [1.0])
