"""Scores of mixtures."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from rcsd.papers.coevolution.evidence.forecast import Mixture

MIXTURE = Mixture(np.array([0.2, 0.5, 0.3]), np.array([[-1.0, 0.0], [0.5, 0.2], [2.0, 4.0]]), np.array([0.25, 2.0]))


@pytest.mark.parametrize("actual", [-2.0, 0.3, 5.0])
def test_crps_is_the_integral_of_its_definition(actual):
    """Of the squared distance between the distribution and that of what came (Gneiting and Raftery 2007)."""
    for k, variance in enumerate(MIXTURE.variances):

        def squared(z, k=k, variance=variance):
            below = MIXTURE.weights @ norm.cdf(z, MIXTURE.means[:, k], np.sqrt(variance))
            return (below - (z >= actual)) ** 2

        expected = quad(squared, -25, actual, limit=200)[0] + quad(squared, actual, 25, limit=200)[0]
        assert MIXTURE.crps(np.full(2, actual))[k] == pytest.approx(expected, abs=1e-7)


def test_one_normal_density_has_the_known_scores():
    """CRPS of a standard normal at its mean is (sqrt 2 - 1)/sqrt pi, its log score -ln(2 pi)/2."""
    one = Mixture(np.ones(1), np.zeros((1, 1)), np.ones(1))
    assert one.crps(np.zeros(1))[0] == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi))
    assert one.log_score(np.zeros(1))[0] == pytest.approx(-0.5 * np.log(2 * np.pi))


def test_the_log_score_is_the_density_of_the_mixture():
    """Weighted over the phases."""
    expected = np.log(MIXTURE.weights @ norm.pdf(0.7, MIXTURE.means[:, 1], np.sqrt(2.0)))
    assert MIXTURE.log_score(np.array([0.0, 0.7]))[1] == pytest.approx(expected)
