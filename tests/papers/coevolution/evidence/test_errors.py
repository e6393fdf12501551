"""The densities and forecasts of autoregressions whose levels are unknown."""

import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.stats import multivariate_normal, norm

from rcsd.papers.coevolution.evidence.errors import WALK, Contrasts, covariance, levels, prediction

YEARS = np.array([2000.0, 2001, 2002, 2004, 2005, 2006, 2007])


def test_levels_are_one_column_per_stretch_between_steps():
    """A step outside the years makes no column, and steps may come in any order."""
    found = levels(YEARS, (2006.0, 2001.0, 1990.0, 2030.0))
    assert found.sum(axis=0).tolist() == [1, 4, 2]
    assert (found.sum(axis=1) == 1).all()


@pytest.mark.parametrize("steps", [(), (2004.0,), (2001.0, 2007.0)])
def test_the_density_is_that_of_contrasts(steps):
    """Any orthonormal contrasts of a series have the same density, and levels do not move it (Harville 1974)."""
    rng = np.random.default_rng(3)
    variance = covariance(YEARS, YEARS, 0.7, 0.2, 0.4)
    design = levels(YEARS, steps)
    contrasts = null_space(design.T)
    series, path = rng.normal(size=YEARS.size), rng.normal(size=YEARS.size)
    expected = multivariate_normal.logpdf(contrasts.T @ (series - path), cov=contrasts.T @ variance @ contrasts)
    shifted = series + design @ rng.normal(size=design.shape[1]) * 10
    padded = np.stack([np.pad(design, ((0, 0), (0, 2)))] * 2)
    found = Contrasts(np.stack([series, shifted]), padded).log_density(variance, path[np.newaxis])
    assert found == pytest.approx(np.full((2, 1), expected), abs=1e-7)


def test_a_walk_is_judged_by_its_changes():
    """With a memory next to one the density is that of independent changes, and of the contrasts' volume, root n."""
    years = np.arange(2000.0, 2009)
    series = np.cumsum(np.random.default_rng(1).normal(size=years.size))
    variance = covariance(years, years, WALK, 0.8, 0.0)
    found = Contrasts(series[np.newaxis], levels(years)[np.newaxis]).log_density(variance, np.zeros((1, years.size)))
    changes = norm.logpdf(np.diff(series), scale=0.8).sum() + 0.5 * np.log(years.size)
    assert found[0, 0] == pytest.approx(changes, abs=1e-3)


def test_forecasts_are_those_of_the_joint_normal_density():
    """Universal kriging is conditioning with a level of which nothing was known before."""
    later = np.array([2008.0, 2010])
    both = np.concatenate([YEARS, later])
    design = levels(both, (2004.0,))
    joint = covariance(both, both, 0.6, 0.3, 0.5) + 1e4 * design @ design.T
    series = np.random.default_rng(2).normal(size=YEARS.size)
    n = YEARS.size
    gain = joint[n:, :n] @ np.linalg.inv(joint[:n, :n])
    found = prediction(YEARS, later, (2004.0,), 0.6, 0.3, 0.5)
    assert found.matrix @ series == pytest.approx(gain @ series, abs=1e-4)
    assert found.covariance == pytest.approx(joint[n:, n:] - gain @ joint[:n, n:], abs=1e-4)


def test_a_walk_is_forecast_by_its_last_value():
    """Its variance grows by that of a change each year."""
    found = prediction(YEARS, np.array([2008.0, 2009, 2010]), (), WALK, 0.3, 0.0)
    assert found.matrix[:, -1] == pytest.approx(np.ones(3), abs=1e-3)
    assert found.matrix[:, :-1] == pytest.approx(np.zeros((3, YEARS.size - 1)), abs=1e-3)
    assert np.diag(found.covariance) == pytest.approx(0.09 * np.arange(1, 4), rel=1e-3)
