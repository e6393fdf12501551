"""Distributions of one constant, against SciPy's."""

import numpy as np
import pytest
from scipy import stats

from rcsd.analysis.parameters import Parameter, Prior
from rcsd.analysis.sensitivity import CutPrior, Empirical, Uniform
from rcsd.errors import ParameterError

SHARES = np.linspace(0.001, 0.999, 41)


def test_a_cut_prior_is_the_truncated_normal():
    """On a linear scale by SciPy's own quantiles; at shares 0 and 1 it is at its bounds."""
    parameter = Parameter("p", 0.0, 1.2, "Dmnl", "test", prior=Prior(0.9, 0.4))
    exact = stats.truncnorm((0 - 0.9) / 0.4, (1.2 - 0.9) / 0.4, loc=0.9, scale=0.4)
    assert CutPrior(parameter).quantile(SHARES) == pytest.approx(exact.ppf(SHARES), rel=1e-10)
    assert CutPrior(parameter).quantile(np.array([0.0, 1.0])) == pytest.approx([0.0, 1.2])


def test_a_prior_on_a_log_scale_is_normal_in_the_logarithm():
    """The centre is given on the natural scale, the sd on the logarithm's."""
    parameter = Parameter("p", 0.1, 10.0, "Dmnl", "test", scale="log", prior=Prior(2.0, 0.3))
    exact = stats.truncnorm(np.log(0.05) / 0.3, np.log(5) / 0.3, loc=np.log(2), scale=0.3)
    assert np.log(CutPrior(parameter).quantile(SHARES)) == pytest.approx(exact.ppf(SHARES), rel=1e-9)
    assert "around 2 with sd 0.3 on a log scale, cut at 0.1 and 10" in CutPrior(parameter).words


def test_a_parameter_without_a_prior_has_none_to_cut():
    """The message names it."""
    with pytest.raises(ParameterError, match="'p' has no prior"):
        CutPrior(Parameter("p", 0.0, 1.0, "Dmnl", "test"))


def test_quantiles_of_draws_near_those_of_what_they_were_drawn_from():
    """Ten thousand draws of a gamma law give its quartiles and its mean over even shares."""
    law = stats.gamma(3.0)
    draws = Empirical("p", "", law.rvs(10_000, random_state=1))
    assert draws.quantile(np.array([0.25, 0.5, 0.75])) == pytest.approx(law.ppf([0.25, 0.5, 0.75]), rel=0.03)
    shares = (np.arange(4096) + 0.5) / 4096
    assert draws.quantile(shares).mean() == pytest.approx(draws.values.mean(), rel=1e-3)


@pytest.mark.parametrize("scale", ["linear", "log", "logit"])
def test_uniform_keeps_to_its_bounds(scale):
    """Also where a scale steps over a bound by a rounding."""
    values = Uniform(Parameter("p", 0.1, 0.7, "Dmnl", "test", scale=scale)).quantile(np.array([0.0, 0.5, 1.0]))
    assert values[[0, 2]] == pytest.approx([0.1, 0.7], rel=1e-12)
    assert values.min() >= 0.1
    assert values.max() <= 0.7
