"""Rank acceptability: in which share of all weights a city takes each rank.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998, European Journal of Operational
Research 106; ranks: Lahdelma and Salminen 2001, Operations Research 49), with nothing known of the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.resilience.index.assessment import Assessment, mean_over
from rcsd.papers.resilience.index.scoring import index_of, system_scores

Floats = NDArray[np.float64]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """Shares of weights.

    Attributes
    ----------
    cities
        In the order of the assessment.
    shares
        Of the weights with which a city (down) takes a rank (across, 1 first), by its mean index; shape
        (n_cities, n_cities). Cities that tie share the ranks that they take.
    n
        Weights drawn.
    """

    cities: tuple[str, ...]
    shares: Floats
    n: int


def rank_acceptability(assessment: Assessment, *, n: int = 5000, rng: np.random.Generator) -> Acceptability:
    """Rank the cities by their mean index with weights drawn at random.

    Weights of the systems, and of the indicators within each, are uniform over all that sum to one.

    Parameters
    ----------
    assessment
        Its normalised indicators are taken as they are.
    n
        How many weights to draw.
    rng
        Decides the draws.

    Raises
    ------
    ParameterError
        When `n` is below 1.
    """
    if n < 1:
        raise ParameterError(f"rank acceptability needs one draw of weights or more; got {n}", field="n")
    places, n_systems = assessment.places, len(assessment.indicators.systems)
    total = np.zeros((len(assessment.cities),) * 2)
    for first in range(0, n, _AT_ONCE):
        size = min(_AT_ONCE, n - first)
        within, systems = rng.standard_exponential((size, places.size)), rng.standard_exponential((size, n_systems))
        # exponentials over their sum are uniform on the simplex; `system_scores` and `index_of` divide
        scores = system_scores(assessment.normalised, within[:, None, None, :], places, n_systems)
        total += rank_counts(mean_over(index_of(scores, systems[:, None, None, :])))
    return Acceptability(assessment.cities, total / n, n)


def rank_counts(index: Floats) -> Floats:
    """Count how often each city takes each rank.

    Parameters
    ----------
    index
        Shape (n_draws, n_cities), all finite.

    Returns
    -------
    NDArray, shape (n_cities, n_cities)
        Cities down, ranks across, 1 first; a tie is shared evenly. Rows and columns sum to the number of draws.
    """
    above = (index[:, None, :] > index[:, :, None]).sum(axis=2)
    level = (index[:, None, :] == index[:, :, None]).sum(axis=2)
    ranks = np.arange(index.shape[1])
    taken = (ranks >= above[..., None]) & (ranks < (above + level)[..., None])
    return np.asarray((taken / level[..., None]).sum(axis=0), dtype=np.float64)
