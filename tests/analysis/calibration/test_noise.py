"""Scatter of residuals, against densities of textbooks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import logit
from scipy.stats import t

from rcsd.analysis.calibration import Cells, Noise, whiteness
from rcsd.analysis.calibration.course import MOMENTUM
from rcsd.analysis.calibration.noise import FREEDOM, FREEDOM_FLAGGED, MEMORY_MEAN, MEMORY_SD, SCALE_SD, log_prior

YEARS = np.array([2001.0, 2002.0, 2004.0, 2005.0, 2008.0])


def _plain(years, anchor=None):
    return Cells(years, np.zeros(years.size, dtype=bool), anchor)


@given(
    st.floats(0.2, 5.0),
    st.floats(0.0, 0.95),
    st.lists(st.floats(-5, 5), min_size=5, max_size=5),
    st.sampled_from([None, 2000.0]),
)
def test_density_is_that_of_a_process_of_second_order(scale, memory, raw, anchor):
    """Differences of the log density are those of t innovations, from the covariance of all cells written out.

    With r = sum psi_k e_(t-k), psi_k = sum of memory^i momentum^(k-i), the Cholesky factor of the covariance takes the
    cells one by one, gaps and all.
    """
    flagged = np.array([False, True, False, False, True])
    freedom = np.where(flagged, FREEDOM_FLAGGED, FREEDOM)
    begin = 2001 - 400 if anchor is None else int(anchor)

    def written_out(x, s, rho):
        lags = np.arange(int(YEARS[-1]) - begin)
        psi = np.convolve(rho**lags, MOMENTUM**lags)[: lags.size]
        shares = np.zeros((YEARS.size, lags.size))
        for i, year in enumerate(YEARS):
            shares[i, : int(year) - begin] = psi[: int(year) - begin][::-1]
        root = np.linalg.cholesky(s**2 * shares @ shares.T)
        return np.sum(t(freedom).logpdf(np.linalg.solve(root, x)) - np.log(np.diag(root)))

    cells, x = Cells(YEARS, flagged, anchor), np.array(raw)
    found = cells.log_density(x, scale, memory) - cells.log_density(np.zeros(5), 1.0, 0.0)
    exact = written_out(x, scale, memory) - written_out(np.zeros(5), 1.0, 0.0)
    assert found == pytest.approx(exact, rel=1e-7, abs=1e-7)


def test_signed_roots_square_to_deviances():
    """What least squares squares and sums is minus twice the log density of t."""
    cells = Cells(YEARS[:2], np.array([False, True]))
    x = np.array([3.0, -3.0])
    found = cells.deviances(x)
    assert found == pytest.approx([2 * (t(n).logpdf(0.0) - t(n).logpdf(3.0)) for n in (FREEDOM, FREEDOM_FLAGGED)])
    roots = cells.signed_roots(x)
    assert roots**2 == pytest.approx(found)
    assert np.sign(roots).tolist() == [1, -1]


@pytest.mark.parametrize("seed", range(20))
def test_rows_have_noises_of_their_own(seed):
    """A batch with a scale and a memory for each row gives what each row gives alone."""
    rng = np.random.default_rng(seed)
    raw, scale, memory = rng.normal(size=(3, 5)), np.array([0.5, 1.0, 2.0]), np.array([0.1, 0.0, 0.7])
    for anchor in (None, 1999.0):
        cells = Cells(YEARS, np.array([False, True, False, False, True]), anchor)
        alone = [float(cells.log_density(raw[i], scale[i], memory[i])) for i in range(3)]
        assert cells.log_density(raw, scale, memory) == pytest.approx(alone)


@pytest.mark.parametrize("seed", range(20))
def test_estimate_is_the_peak(seed):
    """The estimate of scale and memory is where another optimiser finds the posterior's peak."""
    rng = np.random.default_rng(seed)
    raw = np.cumsum(rng.normal(size=30)) * 0.3
    cells = _plain(2000 + np.arange(30.0), 1999.0)

    def cost(p):
        memory = 1 / (1 + np.exp(-p[1]))
        return -cells.log_density(raw, np.exp(p[0]), memory) - log_prior(p[0], p[1])

    other = minimize(cost, [0.3, 0.3], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12})
    found = cells.estimate(raw)
    assert [np.log(found.scale), logit(found.memory)] == pytest.approx(other.x, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_estimate_recovers_a_long_process(seed):
    """From 4,000 residuals of a known process the priors do not matter and the estimate is the truth."""
    rng = np.random.default_rng(seed)
    raw, change, innovations = np.zeros(4000), 0.0, 2 * rng.standard_t(FREEDOM, 4000)
    for i in range(1, raw.size):
        change = MOMENTUM * change + innovations[i]
        raw[i] = 0.6 * raw[i - 1] + change
    found = _plain(np.arange(3999.0) + 1, 0.0).estimate(raw[1:])
    assert found.scale == pytest.approx(2.0, rel=0.05)
    assert found.memory == pytest.approx(0.6, abs=0.05)


def test_no_residual_leaves_the_stated_error():
    """Without a cell nothing is learnt."""
    assert _plain(np.empty(0)).estimate(np.empty(0)) == Noise(1.0, 0.0)


def test_priors_are_normal():
    """One standard deviation costs a half, for ln s and for logit rho."""
    assert log_prior(SCALE_SD, MEMORY_MEAN) == pytest.approx(-0.5)
    assert log_prior(0.0, MEMORY_MEAN - MEMORY_SD) == pytest.approx(-0.5)


def test_residuals_that_differ_by_rounding_have_no_autocorrelation():
    """Their last digits are no series."""
    found = whiteness(np.array([0.3, 0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3]))
    assert np.isnan([found.lag_one, found.p_value]).all()
