"""What draws say of pairs of parameters."""

import numpy as np
import pytest

from rcsd.analysis.calibration import Draws


def test_parameters_are_correlated_on_the_scales_of_their_search() -> None:
    """A power law is a straight line between logarithms and none between the numbers themselves."""
    x = np.exp(np.random.default_rng(3).normal(0, 2, 400))
    draws = Draws(("x", "cube"), np.column_stack([x, 5 * x**-3]), (), ())
    logarithms = draws.correlations({"x": "log", "cube": "log"})
    np.testing.assert_allclose(logarithms, [[1, -1], [-1, 1]], atol=1e-12)
    assert abs(draws.correlations({"x": "linear", "cube": "linear"})[0, 1]) < 0.5


def test_one_parameter_is_correlated_with_itself_alone() -> None:
    """The matrix keeps two axes."""
    draws = Draws(("x",), np.arange(5.0)[:, None], (), ())
    assert draws.correlations({"x": "linear"}) == pytest.approx(np.ones((1, 1)))
