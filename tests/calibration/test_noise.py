"""Scatter of residuals, against the normal and t densities of textbooks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import multivariate_normal, t

from rcsd.calibration import Cells, Noise
from rcsd.calibration.noise import MEMORY_SD, SCALE_SD, TAIL, log_prior

YEARS = np.array([2001.0, 2002.0, 2004.0, 2005.0, 2008.0])


def _normal(years):
    return Cells(years, np.zeros(years.size, dtype=bool))


@given(st.floats(0.2, 5.0), st.floats(-0.9, 0.9), st.lists(st.floats(-5, 5), min_size=5, max_size=5))
def test_normal_density_is_that_of_a_first_order_process(scale, memory, raw):
    """With gaps in the years, differences of the log density are those of N(0, s^2 rho^|t - u|)."""
    covariance = scale**2 * memory ** np.abs(YEARS[:, None] - YEARS[None, :])
    exact = multivariate_normal(np.zeros(5), covariance)
    cells, x = _normal(YEARS), np.array(raw)
    found = cells.log_density(x, scale, memory) - cells.log_density(np.zeros(5), scale, memory)
    assert found == pytest.approx(exact.logpdf(x) - exact.logpdf(np.zeros(5)), rel=1e-9, abs=1e-9)
    level = cells.log_density(np.zeros(5), scale, memory) - cells.log_density(np.zeros(5), 1.0, 0.0)
    assert level == pytest.approx(exact.logpdf(np.zeros(5)) - 5 * np.log(1 / np.sqrt(2 * np.pi)), rel=1e-9, abs=1e-9)


def test_flagged_cells_have_students_tails():
    """The deviance of a doubtful cell is that of t with 4 degrees of freedom, and the squared root gives it back."""
    cells = Cells(YEARS[:2], np.array([False, True]))
    x = np.array([3.0, -3.0])
    found = cells.deviances(x)
    assert found == pytest.approx([9.0, 2 * (t(TAIL).logpdf(0.0) - t(TAIL).logpdf(3.0))])
    roots = cells.signed_roots(x)
    assert roots**2 == pytest.approx(found)
    assert np.sign(roots).tolist() == [1, -1]


def test_rows_have_noises_of_their_own():
    """A batch with a scale and a memory for each row gives what each row gives alone."""
    rng = np.random.default_rng(0)
    raw, scale, memory = rng.normal(size=(3, 5)), np.array([0.5, 1.0, 2.0]), np.array([-0.4, 0.0, 0.7])
    cells = Cells(YEARS, np.array([False, True, False, False, True]))
    alone = [float(cells.log_density(raw[i], scale[i], memory[i])) for i in range(3)]
    assert cells.log_density(raw, scale, memory) == pytest.approx(alone)


def test_estimate_is_the_peak():
    """The estimate of scale and memory is where another optimiser finds the posterior's peak."""
    rng = np.random.default_rng(4)
    raw = np.cumsum(rng.normal(size=30)) * 0.3
    cells = _normal(2000 + np.arange(30.0))

    def cost(p):
        return -cells.log_density(raw, np.exp(p[0]), np.tanh(p[1])) - log_prior(p[0], p[1])

    other = minimize(cost, [0.3, 0.3], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12})
    found = cells.estimate(raw)
    assert [found.scale, found.memory] == pytest.approx([np.exp(other.x[0]), np.tanh(other.x[1])], rel=1e-4)


def test_estimate_recovers_a_long_process():
    """From 4,000 residuals of a known process the priors do not matter and the estimate is the truth."""
    rng = np.random.default_rng(1)
    raw = np.empty(4000)
    raw[0] = rng.normal() * 2
    for i in range(1, raw.size):
        raw[i] = 0.6 * raw[i - 1] + 2 * 0.8 * rng.normal()
    found = _normal(np.arange(4000.0)).estimate(raw)
    assert found.scale == pytest.approx(2.0, rel=0.06)
    assert found.memory == pytest.approx(0.6, abs=0.04)


def test_no_residual_leaves_the_stated_error():
    """Without a cell nothing is learnt."""
    assert _normal(np.empty(0)).estimate(np.empty(0)) == Noise(1.0, 0.0)


def test_priors_are_normal():
    """One standard deviation costs a half, for ln s and for atanh rho."""
    assert log_prior(SCALE_SD, 0.0) == pytest.approx(-0.5)
    assert log_prior(0.0, -MEMORY_SD) == pytest.approx(-0.5)
