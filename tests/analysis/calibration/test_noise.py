"""Scatter of residuals, against densities of textbooks."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq, minimize
from scipy.special import logit
from scipy.stats import norm, t

from rcsd.analysis.calibration import Cells, Noise, whiteness
from rcsd.analysis.calibration.course import PLAIN, GapCourse, State, draw_course
from rcsd.analysis.calibration.noise import FREEDOM, FREEDOM_FLAGGED, SCALE_SD
from rcsd.errors import ParameterError

YEARS = np.array([2001.0, 2002.0, 2004.0, 2005.0, 2008.0])


FULL = GapCourse(momentum=0.6, shift=1.5, observation=0.7)
FLAGGED = np.array([False, True, False, False, True])
WEIGHTS = np.array([1.0, 0.5, 1.0, 0.1, 1.0])
JUMPS = np.array([False, False, True, False, False])


def _plain(years, anchor=None, course=PLAIN):
    return Cells(years, np.zeros(years.size, dtype=bool), anchor, course)


def _covariance(years, rho, course, anchor, errors):
    """Write the covariance of all cells out, in units of an innovation's variance.

    The gap is sum psi_k u_(t-k) + sum rho^k w_(t-k), u the innovations, w the shifts, and psi_k the sum of
    memory^i momentum^(k-i); without an anchor the process has run for 400 years.
    """
    begin = int(years[0]) - 400 if anchor is None else int(anchor)
    lags = np.arange(int(years[-1]) - begin)
    found = np.diag(errors + course.observation**2)
    for size, kernel in ((1.0, np.convolve(rho**lags, course.momentum**lags)), (course.shift, rho**lags)):
        shares = np.zeros((years.size, lags.size))
        for row, year in zip(shares, years, strict=True):
            row[: int(year) - begin] = kernel[: int(year) - begin][::-1]
        found = found + size**2 * shares @ shares.T
    return found


def _without_jumps(years, rho, jumps):
    """Return the matrix that leaves jumped cells out and takes what is left of them from the cells after them."""
    taken = np.eye(years.size)
    for at in np.flatnonzero(jumps):
        taken[at + 1 :, at] -= rho ** (years[at + 1 :] - years[at])
        # of two jumps before a cell the later one holds all that is left of the earlier
        taken[at + 1 :, :at] = np.eye(years.size)[at + 1 :, :at]
    return taken[~jumps]


@given(
    st.floats(0.2, 5.0),
    st.floats(0.0, 0.95),
    st.lists(st.floats(-5, 5), min_size=5, max_size=5),
    st.sampled_from([None, 2000.0]),
    st.sampled_from([PLAIN, FULL, replace(FULL, shift=0.0), replace(FULL, momentum=0.0)]),
    st.sampled_from([np.ones(5), WEIGHTS]),
    st.sampled_from([np.zeros(5, dtype=bool), JUMPS, np.array([True, False, False, True, False])]),
)
def test_density_is_that_of_the_process(scale, memory, raw, anchor, course, weights, jumps):
    """The log density is that of t innovations, from the covariance of all cells written out.

    Its Cholesky factor takes the cells one by one, gaps in the years and all. A jump of unknown size is in its own
    cell and, as memory says, in those after it: their differences to it know nothing of the jump.
    """
    freedom = np.where(FLAGGED, FREEDOM_FLAGGED, FREEDOM)[~jumps]

    def written_out(x, s, rho):
        taken = _without_jumps(YEARS, rho, jumps)
        whole = _covariance(YEARS, rho, course, anchor, 1 / weights - 1)
        root = np.linalg.cholesky(s**2 * taken @ whole @ taken.T)
        return np.sum(t(freedom).logpdf(np.linalg.solve(root, taken @ x)) - np.log(np.diag(root)))

    cells, x = Cells(YEARS, FLAGGED, anchor, course, weights, jumps), np.array(raw)
    found = cells.log_density(x, scale, memory) - cells.log_density(np.zeros(5), 1.0, 0.0)
    exact = written_out(x, scale, memory) - written_out(np.zeros(5), 1.0, 0.0)
    assert found == pytest.approx(exact, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("anchor", [None, 2000.0])
def test_what_is_known_at_the_end_is_the_conditional_mean(anchor):
    """Gap and change after the last cell are those of the normal distribution of all cells, given the cells."""
    raw = np.array([0.5, -1.0, 2.0, 2.5, -3.0])
    # two more years, of which nothing is observed: their expected gaps are those of the state carried on
    later = np.append(YEARS, [2009.0, 2010.0])
    whole = _covariance(later, 0.9, FULL, anchor, np.append(1 / WEIGHTS - 1, [0.0, 0.0]))
    expected = whole[5:, :5] @ np.linalg.solve(whole[:5, :5], raw)
    left = whole[5:, 5:] - whole[5:, :5] @ np.linalg.solve(whole[:5, :5], whole[:5, 5:])
    state = Cells(YEARS, FLAGGED, anchor, FULL, WEIGHTS).follow(raw, 0.9).last
    for k in range(2):
        state = state.year_on(FULL, 0.9)
        assert state.gap == pytest.approx(expected[k])
        assert state.var_gap + FULL.observation**2 == pytest.approx(left[k, k])


@pytest.mark.parametrize("seed", range(3))
def test_drawn_courses_have_the_moments_of_the_process(seed):
    """Means and covariances of draws from a state, one year passed over, are those of the process written out.

    Innovations of t with n degrees have the variance n/(n-2); what is not known of the state is normal with it.
    """
    freedom, scale, rho, phi = 30.0, 1.3, 0.8, FULL.momentum
    state, years = State(2.0, -1.0, 0.5, 0.3, 1.2), np.array([2011.0, 2012.0, 2014.0])
    n = 200_000
    drawn = draw_course(
        state, 2010.0, years, np.full(n, scale), np.full(n, rho), freedom,
        course=FULL, rng=np.random.default_rng(seed),
    )  # fmt: skip
    ahead = (years - 2010).astype(int)
    passed = np.array([[rho**k, sum(phi**i * rho ** (k - i) for i in range(1, k + 1))] for k in ahead])
    unknown = passed @ np.array([[0.5, 0.3], [0.3, 1.2]]) @ passed.T
    covariance = (unknown + _covariance(years, rho, FULL, 2010.0, np.zeros(3))) * scale**2 * freedom / (freedom - 2)
    assert drawn.mean(axis=0) == pytest.approx(passed @ [2.0, -1.0], abs=5 * np.sqrt(covariance.max() / n))
    assert np.cov(drawn.T) == pytest.approx(covariance, rel=0.02)


def test_a_jump_says_nothing_of_the_change_that_goes_on():
    """After a jump of a hundred without errors the gap is that, and the change is as expected before."""
    course = replace(FULL, observation=0.0)
    before = Cells(YEARS[:2], FLAGGED[:2], 2000.0, course).follow(np.array([1.0, 1.5]), 0.9).last
    jumped = Cells(np.array([2001.0, 2002.0, 2003.0]), FLAGGED[:3], 2000.0, course, None, JUMPS[:3])
    after = jumped.follow(np.array([1.0, 1.5, 100.0]), 0.9)
    assert after.last.gap == 100.0
    assert after.last.change == pytest.approx(0.6 * before.change)
    assert after.surprises[-1] == 0.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"momentum": 1.0}, "below 1"), ({"shift": -1.0}, "0 or more"), ({"observation": np.nan}, "0 or more"),
     ({"memory": 1.0}, "between 0 and 1"), ({"memory_sd": 0.0}, "positive")],
)  # fmt: skip
def test_a_course_that_cannot_be_is_refused(changes, words):
    """Each message names the value and the range, and each error the field."""
    with pytest.raises(ParameterError, match=words) as caught:
        replace(FULL, **changes)
    assert caught.value.field == next(iter(changes))


def test_memory_has_the_interval_of_its_prior():
    """95 % of a logit of 1 with the standard deviation 1 lies between 0.28 and 0.95."""
    assert PLAIN.memory_range == pytest.approx((0.2769, 0.9507), abs=1e-4)


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
        cells = Cells(YEARS, FLAGGED, anchor, FULL, WEIGHTS, JUMPS)
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
        return -cells.log_density(raw, np.exp(p[0]), memory) - cells.log_prior(p[0], p[1])

    other = minimize(cost, [0.3, 0.3], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12})
    found = cells.estimate(raw)
    assert [np.log(found.scale), logit(found.memory)] == pytest.approx(other.x, abs=1e-3)


@pytest.mark.parametrize("course", [PLAIN, FULL])
@pytest.mark.parametrize("seed", range(3))
def test_estimate_recovers_a_long_process(seed, course):
    """From 4,000 residuals of a known normal process the estimate is its memory, and the scale of t next to it.

    Where z is standard normal, t of scale s is most likely for the s at which (f+1) z^2 / (f s^2 + z^2) is 1 in the
    mean. Sums of several t are no t, and so no oracle.
    """
    rng, n = np.random.default_rng(seed), 4000
    years = np.arange(n - 1.0) + 1
    raw = draw_course(State.at_anchor(), 0.0, years, np.full(1, 2.0), np.full(1, 0.6), 1e6, course=course, rng=rng)[0]
    found = _plain(years, 0.0, course).estimate(raw)

    def score(s):
        weight = lambda z: (FREEDOM + 1) * z**2 / (FREEDOM * s**2 + z**2) * norm.pdf(z)  # noqa: E731
        return quad(weight, -10, 10)[0] - 1

    assert found.scale == pytest.approx(2.0 * brentq(score, 0.1, 2.0), rel=0.05)
    assert found.memory == pytest.approx(0.6, abs=0.05)


def test_no_residual_leaves_the_stated_error():
    """Without a cell nothing is learnt."""
    assert _plain(np.empty(0)).estimate(np.empty(0)) == Noise(1.0, 0.0)


@pytest.mark.parametrize("course", [PLAIN, replace(FULL, memory=0.99, memory_sd=0.2)])
def test_priors_are_normal(course):
    """One standard deviation costs a half, for ln s and for logit rho."""
    cells, centre = _plain(YEARS, course=course), logit(course.memory)
    assert cells.log_prior(SCALE_SD, centre) == pytest.approx(-0.5)
    assert cells.log_prior(0.0, centre - course.memory_sd) == pytest.approx(-0.5)


def test_residuals_that_differ_by_rounding_have_no_autocorrelation():
    """Their last digits are no series."""
    found = whiteness(np.array([0.3, 0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3]))
    assert np.isnan([found.lag_one, found.p_value]).all()
