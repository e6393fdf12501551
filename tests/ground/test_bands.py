"""A band is the same thing wherever the package speaks of one."""

import re
import statistics
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcsd
from rcsd.bands import LEVEL, QUARTILES, SHARES, band, between, complete, quantiles

FINITE = st.floats(-1e6, 1e6)


def test_the_shares_are_those_of_the_level() -> None:
    """Outside the band lies as much below as above, and nine of ten draws inside."""
    low, middle, high = SHARES
    assert high - low == pytest.approx(LEVEL, abs=1e-15)
    assert (low, middle) == (pytest.approx(1 - high), 0.5)
    assert QUARTILES[2] - QUARTILES[0] == 0.5


@given(st.lists(FINITE, min_size=2, max_size=60))
def test_quantiles_are_those_of_the_standard_library(draws: list[float]) -> None:
    """Python's `statistics`, "inclusive", is Hyndman and Fan's definition 7 written by others."""
    twentieths = statistics.quantiles(draws, n=20, method="inclusive")
    found = band(draws)
    expected = twentieths[0], statistics.median(draws), twentieths[18]
    assert (found.low, found.median, found.high) == pytest.approx(expected, rel=1e-12, abs=1e-9)
    quarters = statistics.quantiles(draws, n=4, method="inclusive")
    assert quantiles(draws, QUARTILES) == pytest.approx(np.array(quarters), rel=1e-12, abs=1e-9)


def test_a_band_of_many_normal_draws_has_the_ends_of_the_tables() -> None:
    """1.645 standard deviations to each side."""
    found = band(np.random.default_rng(1).normal(10, 2, 400_000))
    assert [found.low, found.median, found.high] == pytest.approx([10 - 3.29, 10, 10 + 3.29], abs=0.02)


def test_draws_lie_on_the_first_axis() -> None:
    """Each year is summarised on its own."""
    years = np.arange(5.0)
    found = band(np.arange(101.0)[:, None] + 1000 * years)
    np.testing.assert_allclose(found.low, 5 + 1000 * years)
    np.testing.assert_allclose(found.stacked(), [1000 * years + share for share in (5, 50, 95)])


def test_without_draws_nothing_is_known() -> None:
    """No number is made of nothing, and a draw that is not known makes its year unknown."""
    assert np.isnan(band(np.empty((0, 3))).stacked()).all()
    assert np.isnan(band(np.empty((0, 3))).stacked()).shape == (3, 3)
    found = band([[1.0, np.nan], [2.0, 5.0]])
    assert np.isfinite(found.low[0])
    assert np.isnan([found.low[1], found.median[1], found.high[1]]).all()


def test_a_run_that_failed_is_not_among_the_complete_draws() -> None:
    """One value that is not finite takes the whole run out."""
    draws = np.array([[1.0, 2.0], [np.nan, np.nan], [3.0, np.nan], [3.0, np.inf], [5.0, 6.0]])
    assert complete(draws).tolist() == [True, False, False, False, True]
    assert complete(draws[:, 0]).tolist() == [True, False, True, True, True]
    assert complete(draws[:, :, None]).tolist() == [True, False, False, False, True]


def test_ends_belong_to_the_band_and_what_is_not_known_does_not() -> None:
    """As coverage counts cells."""
    assert between([0.0, 2.0, 2.1, np.nan], 0.0, 2.0).tolist() == [True, True, False, False]
    assert bool(between(1.0, np.nan, 2.0)) is False


def test_no_other_module_takes_quantiles() -> None:
    """One owner of level and rule; draws from a list of values have a rule of their own, as the module says."""
    package = Path(rcsd.__file__).parent
    used = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"\bnp\.(nan)?(quantile|percentile)\(", file.read_text(encoding="utf-8"))
    }
    assert used == {"bands.py", "analysis/sensitivity/marginals.py"}
