"""Calibration by simulation: ranks of true values among draws of the posteriors of their data are uniform."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest

from benchmarks.sbc import HOW, STUDIES, drawn_data, rank
from rcsd.analysis.calibration.posterior.density import LogPosterior

LEAST = 0.05


def _adjusted(ranks):
    """Least p of Kolmogorov and Smirnov over the coordinates, by Bonferroni."""
    return ranks.shape[1] * min(kstest(ranks[:, i], "uniform").pvalue for i in range(ranks.shape[1]))


def test_ranks_are_uniform_in_short():
    """Twelve data sets of a line, the sampler cut short after its first round: no coordinate's ranks are off."""
    problem, how = STUDIES["line"](), replace(HOW, runs=1)
    ranks = np.stack([rank(problem, seed, how) for seed in range(12)])
    assert _adjusted(ranks) > LEAST
    # ranks that all lie in the upper half, as of a sampler that is off by a standard deviation, do not pass
    assert _adjusted(0.5 + ranks / 2) < LEAST


@pytest.mark.slow
@pytest.mark.parametrize("name", ["line", "logistic"])
def test_ranks_are_uniform(name):
    """A hundred data sets, sampled as a study's are."""
    problem = STUDIES[name]()
    assert _adjusted(np.stack([rank(problem, seed) for seed in range(100)])) > LEAST


def test_data_are_drawn_from_the_likelihood():
    """Innovations of drawn residuals, with the drawn noise taken out, are t with 4 degrees of freedom."""
    problem, found = STUDIES["line"](), []
    for seed in range(60):
        drawn, point = drawn_data(problem, np.random.default_rng(seed))
        density = LogPosterior(drawn)
        z, noise = density.split(point)
        raw = drawn.misfit(z[np.newaxis]).raw[0][0]
        found.append(drawn.targets[0].cells.innovations(raw, noise[0][0], noise[0][1])[0])
    assert kstest(np.concatenate(found), "t", args=(4,)).pvalue > LEAST
