"""A prior between its bounds, against closed forms."""

import numpy as np
import pytest

from rcsd.analysis.parameters import Parameter, Prior
from rcsd.study.file.prior_shape import prior_shape


@pytest.mark.parametrize(
    ("scale", "lower", "upper"), [("linear", -1.0, 3.0), ("log", 0.1, 10.0), ("logit", 0.05, 0.95)]
)
@pytest.mark.parametrize("prior", [None, Prior(0.5, 0.4)])
def test_the_density_has_unit_area(scale: str, lower: float, upper: float, prior: Prior | None) -> None:
    """Between the bounds, on the natural scale, whatever the scale of the search."""
    shape = prior_shape(Parameter("a", lower, upper, "", "assumed", scale=scale, prior=prior))  # type: ignore[arg-type]
    assert np.trapezoid(shape.density, shape.values) == pytest.approx(1, rel=1e-3)
    assert (shape.values[0], shape.values[-1]) == pytest.approx((lower, upper))


def test_a_normal_prior_rises_by_the_square_of_its_deviation() -> None:
    """Two standard deviations from the centre the deviance is 4, where 95 % end at 3.84."""
    shape = prior_shape(Parameter("a", -4.0, 4.0, "", "assumed", prior=Prior(0.0, 1.0)))
    assert np.interp([0.0, 2.0, -3.0], shape.values, shape.rises) == pytest.approx([0, 4, 9], abs=1e-9)


def test_a_flat_prior_on_a_logarithmic_scale_falls_as_one_over_the_value() -> None:
    """Even in logarithms: the density is 1 / (v ln(upper/lower))."""
    shape = prior_shape(Parameter("a", 1.0, np.e**2, "", "assumed", scale="log"))
    assert shape.density == pytest.approx(1 / (2 * shape.values), rel=1e-9)
    assert not shape.rises.any()
