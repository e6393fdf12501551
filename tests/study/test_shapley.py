"""Shapley effects of a study's posterior, on the town whose equations give them."""

import numpy as np
import pytest

from rcsd.analysis.calibration import Draws
from rcsd.study import load_study
from rcsd.study.findings.shapley import posterior_shares
from rcsd.study.runner import run_to
from rcsd.study.steps.shapley import SHAPLEY

NAMES = ("Growth Rate", "Output per Person")
CORRELATION = -0.8


def drawn(n: int, repeated: int = 0) -> Draws:
    """Draw growth and the logarithm of output per person, correlated, with standard deviations of 0.001 and 0.013."""
    rng = np.random.default_rng(0)
    standard = rng.multivariate_normal([0, 0], [[1, CORRELATION], [CORRELATION, 1]], n)
    values = np.column_stack([0.03 + 0.001 * standard[:, 0], 2 * np.exp(0.013 * standard[:, 1])])
    return Draws(NAMES, np.vstack([values, values[:repeated]]), (), ())


def half_shared(first: float, second: float) -> float:
    """Return the first one's effect on a sum of two normal terms (Iooss and Prieur 2019, section 3.2)."""
    both = CORRELATION * first * second
    shifted = both + CORRELATION**2 / 2 * (second**2 - first**2)
    return (first**2 + shifted) / (first**2 + second**2 + 2 * both)


@pytest.fixture
def study(town):
    """Return the town's study."""
    return load_study(town())


def test_the_effects_of_the_town_are_those_of_its_equations(study):
    """People depend on growth, and on output by correlation alone; the logarithm of output is a sum of both."""
    found = posterior_shares(study, drawn(1000, repeated=100), study.simulator(), fitted=(2000, 2013), faults=())
    shares = found.shares
    assert (found.n_runs, found.n_failed, shares.n_draws) == (1100, 0, 1000)
    assert shares.times.tolist() == [2013, 2016]
    people, gdp = shares.outputs.index("Population"), shares.outputs.index("GDP")
    unused = CORRELATION**2 / 2
    assert shares.effects[:, people] == pytest.approx(np.array([[1 - unused, unused]] * 2), abs=0.03)
    # d ln P / dg = t / (1 + g) of 13 and 16 years
    expected = [half_shared(0.001 * years / 1.03, 0.013) for years in (13, 16)]
    assert shares.effects[:, gdp, 0] == pytest.approx(expected, abs=0.04)
    assert shares.effects.sum(axis=-1)[:, [people, gdp]] == pytest.approx(np.ones((2, 2)))
    assert shares.sd[0, people] / shares.mean[0, people] == pytest.approx(0.001 * 13 / 1.03, rel=0.1)
    # nothing that was estimated moves the preference
    assert np.isnan(shares.effects[:, shares.outputs.index("Preference")]).all()


def test_without_draws_or_with_few_the_reason_is_kept(study):
    """A posterior that could not be sampled, and one with too few different draws."""
    none = posterior_shares(study, None, study.simulator(), fitted=(2000, 2010), faults=("it is flat",))
    assert (none.shares, none.why, none.n_runs) == (None, "there are no draws: it is flat", 0)
    few = posterior_shares(study, drawn(50, repeated=50), study.simulator(), fitted=(2000, 2010), faults=())
    assert few.shares is None
    assert few.why.startswith("50 different draws: Shapley effects need 200 or more")


def test_a_quick_study_leaves_them_out(study, tmp_path):
    """Without chains there is no posterior, and the document says so."""
    found = run_to(study, (SHAPLEY,), out=tmp_path, quick=True)
    assert found.left_out["shapley"] == "a quick run samples no posterior"
    assert SHAPLEY.document(found) == {
        "shapley": {},
        "shapley_settings": {"left_out": "a quick run samples no posterior"},
    }
