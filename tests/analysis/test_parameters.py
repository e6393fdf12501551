"""Parameters: their rules, their scales, and samples that fill their bounds evenly."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior, SampleMethod, Scale
from rcsd.errors import ParameterError

SPACE = ParameterSpace(
    (
        Parameter("growth", -1, 3, "1/Year", "guess"),
        Parameter("life", 0.1, 10, "Year", "guess", scale="log", prior=Prior(1, 0.5)),
        Parameter("share", 0.1, 0.9, "Dmnl", "guess", scale="logit", start=0.2),
    )
)


@given(st.floats(0.1, 0.9), st.sampled_from(["linear", "log", "logit"]))
def test_scales_are_inverted_exactly_enough(value: float, scale: Scale) -> None:
    """Going to the search scale and back gives the value."""
    parameter = Parameter("p", 0.1, 0.9, "", "", scale=scale)
    assert parameter.from_search(parameter.to_search(value)) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: Parameter("p", 2, 1, "", ""), "lower must be below upper"),
        (lambda: Parameter("p", 0, float("inf"), "", ""), "finite"),
        (lambda: Parameter("p", 0, 1, "", "", scale="log"), "lower > 0"),
        (lambda: Parameter("p", 0, 1, "", "", scale="logit"), "0 < lower < upper < 1"),
        (lambda: Parameter("p", 0, 1, "", "", scale="cubic"), "'linear', 'log' or 'logit'"),
        (lambda: Parameter("p", 0, 1, "", "", start=2), "outside its bounds"),
        (lambda: Parameter("p", 0, 1, "", "", prior=Prior(0.5, 0)), "sd must be finite and > 0"),
        (lambda: Parameter("p", 1, 2, "", "", scale="log", prior=Prior(-1, 1)), "has no place"),
        (lambda: Parameter("p", 0, 1, "", "", prior=Prior(1.5, 1)), "centre 1.5 lies outside the bounds"),
    ],
)
def test_a_broken_rule_is_named_with_the_parameter(make: Callable[[], Parameter], rule: str) -> None:
    """The message names the parameter and the rule."""
    with pytest.raises(ParameterError, match=rule) as caught:
        make()
    assert "'p'" in str(caught.value)


def test_two_parameters_of_one_name_are_refused() -> None:
    """Otherwise one would silently win."""
    with pytest.raises(ParameterError, match="more than once: p"):
        ParameterSpace((Parameter("p", 0, 1, "", ""), Parameter("p", 0, 2, "", "")))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("method", ["sobol", "latin-hypercube"])
def test_a_sample_puts_one_point_in_every_stratum_of_every_axis(method: SampleMethod, seed: int) -> None:
    """Both methods are stratified: 16 points, 16 equal intervals of the search scale, one each."""
    natural = SPACE.sample(16, rng=np.random.default_rng(seed), method=method)
    unit = (SPACE.to_search(natural) - SPACE.lower) / (SPACE.upper - SPACE.lower)
    for column in unit.T:
        assert sorted(np.floor(column * 16)) == list(range(16))


def test_a_sample_repeats_with_its_seed_and_keeps_its_prefix() -> None:
    """One seed gives one sample, and a Sobol sample of 5 is the start of the sample of 8."""
    first, again = (SPACE.sample(8, rng=np.random.default_rng(1)) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.array_equal(SPACE.sample(5, rng=np.random.default_rng(1)), first[:5])


def test_prior_residuals_are_standard_deviations_on_the_search_scale() -> None:
    """One e-fold above the centre of a log parameter with sd 0.5 is two standard deviations."""
    z = SPACE.to_search([0, np.e, 0.5])
    assert SPACE.prior_residuals(z) == pytest.approx([2.0])
    assert SPACE.prior_residuals(np.stack([z, z])).shape == (2, 1)


def test_a_value_within_a_thousandth_of_a_bound_is_on_it() -> None:
    """The tolerance is a share of the search interval, whatever the scale."""
    assert SPACE.on_bound([-1 + 4 * 0.0009, 10, 0.5]).tolist() == [True, True, False]
    assert SPACE.on_bound([-1 + 4 * 0.0011, 9.9, 0.5]).tolist() == [False, False, False]


def test_rows_of_another_width_are_refused() -> None:
    """A transposed array does not pass unnoticed."""
    with pytest.raises(ParameterError, match="last axis"):
        SPACE.from_search(np.zeros((3, 4)))


def test_an_empty_space_samples_empty_rows() -> None:
    """A study without free parameters has one point, with no coordinates."""
    assert ParameterSpace(()).sample(2, rng=np.random.default_rng(0)).shape == (2, 0)


@pytest.mark.parametrize(("n", "method", "rule"), [(0, "sobol", "at least one"), (1, "grid", "'latin-hypercube'")])
def test_a_sample_of_no_points_or_no_known_method_is_refused(n: int, method: SampleMethod, rule: str) -> None:
    """The message says what would do."""
    with pytest.raises(ParameterError, match=rule):
        SPACE.sample(n, rng=np.random.default_rng(0), method=method)


def test_a_value_lies_between_its_bounds_on_the_scale_of_the_search() -> None:
    """Between 0.01 and 1 the value 0.1 is half-way on a logarithm; on a linear scale it is at 0.09/0.99."""
    on_log = Parameter("p", 0.01, 1, "", "", scale="log", prior=Prior(0.1, 0.5))
    assert on_log.position(0.1) == pytest.approx(0.5)
    assert Parameter("p", 0.01, 1, "", "").position(0.1) == pytest.approx(0.09 / 0.99)
    # one deviation of 0.5 on the logarithm is 0.5 / ln 100 of the way
    assert on_log.prior_band() == pytest.approx((0.5 - 0.5 / np.log(100), 0.5 + 0.5 / np.log(100)))


def test_a_prior_band_ends_at_the_bounds() -> None:
    """Five deviations reach over both bounds, where no estimate can go; without a prior there is no band."""
    assert Parameter("p", 0, 1, "", "", prior=Prior(0.5, 5)).prior_band() == (0, 1)
    assert Parameter("p", 0, 1, "", "").prior_band() is None
