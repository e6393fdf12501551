"""The study of Jixi with a handful of draws made by hand, so that nothing has to be fitted."""

from types import SimpleNamespace

import numpy as np
import pytest

from rcsd.analysis.calibration import Draws
from rcsd.papers.city import load_assessments
from rcsd.study import RefittedStudy, load_study

N = 24


@pytest.fixture(scope="session")
def jixi():
    """Return the study, its assessments, and the centre of its parameters' priors as the most probable ones."""
    study = load_study("jixi")
    estimate = {each.name: each.prior.centre for each in study.space.parameters}
    simulator = study.simulator()
    return SimpleNamespace(
        study=study,
        estimate=estimate,
        simulator=simulator,
        assessments=load_assessments(["structure", "resilience"], [study]),
    )


@pytest.fixture(scope="session")
def refitted(jixi):
    """Return the study as if refitted: draws around the estimate."""
    rng = np.random.default_rng(3)
    centre = np.array(list(jixi.estimate.values()))
    n_series = len(jixi.study.targets)
    draws = Draws(
        tuple(jixi.estimate),
        centre * (1 + 0.05 * rng.standard_normal((N, centre.size))),
        (np.tile([1.0, 0.5], (N, 1)),) * n_series,
        (("scale", "memory"),) * n_series,
    )
    return RefittedStudy(
        study=jixi.study,
        estimate=jixi.estimate,
        draws=draws,
        fitted=draws,
        approximate=True,
        simulator=lambda: jixi.simulator,
    )
