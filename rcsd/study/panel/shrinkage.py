"""What the cities' estimates say about the population of cities: empirical Bayes.

The cities' parameters are taken as draws of one normal distribution on the search scale, independent between
parameters. Its centre and spread are those under which the cities' data are most likely (Efron & Morris, J. Am. Stat.
Assoc. 70, 1975), the spread by the EM algorithm (Dempster, Laird & Rubin, J. R. Stat. Soc. B 39, 1977). What a city's
own data say is what its posterior holds beyond its prior, in the quadratic approximation at its mode.

The data of one city determine some two combinations of ten parameters, so that the likelihood alone would send single
parameters far away along its ridges. Hence three limits, all in units of the stated priors: the centre has the stated
prior itself, the spread stays between a tenth of the stated one and all of it, and a city counts only in directions in
which its data hold more than its prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.errors import ParameterError

FEWEST = 5
"""Cities below which nothing is said of how cities spread."""

LEAST_SPREAD, MOST_SPREAD = 0.1, 1.0
"""Of the stated prior's spread."""

LEAST_INFORMATION = 1.0
"""Of the prior's: in a direction in which a city's data hold less they are taken to say nothing, since a quadratic
approximation would look for their optimum several prior spreads away, where it is none any more."""

_ROUNDS, _SETTLED = 20_000, 1e-7
_ON_LIMIT = 1e-3


@dataclass(frozen=True, slots=True)
class Population:
    """The distribution of one parameter across cities, on its search scale.

    Attributes
    ----------
    name
        The parameter.
    prior_centre, prior_sd
        Stated beforehand; NaN without a prior.
    centre, sd
        Estimated.
    mean_error
        Median over the cities of what the data alone leave uncertain; infinite where they say nothing.
    at_limit
        Whether the spread lies on one of its limits.
    """

    name: str
    prior_centre: float
    prior_sd: float
    centre: float
    sd: float
    mean_error: float
    at_limit: bool


def require_population(n: int) -> None:
    """Insist on cities enough to tell how they spread.

    Raises
    ------
    ParameterError
        When there are fewer than `FEWEST`.
    """
    if n < FEWEST:
        raise ParameterError(
            f"shrinkage takes its priors from how the fitted cities spread, which takes {FEWEST} of them or more; "
            f"there {'is' if n == 1 else 'are'} {n}: give a table of more cities, or leave shrinkage out"
        )


def estimate_population(
    space: ParameterSpace, searches: Sequence[NDArray[np.float64]], covariances: Sequence[NDArray[np.float64]]
) -> tuple[Population, ...]:
    """Estimate how each parameter is spread across cities.

    Parameters
    ----------
    space
        Parameters and priors of the fits.
    searches, covariances
        Of each city: the most probable parameters on the search scale (n_parameters,), and their covariance.

    Returns
    -------
    tuple of Population
        In the order of the parameters.
    """
    centre, precision = _prior(space)
    information, score = _own_information(np.array(searches), np.array(covariances), centre, precision)
    has_prior = precision > 0
    width = (space.upper - space.lower) / 4
    spread = np.sqrt(1 / np.where(has_prior, precision, 1 / width**2))
    limits = LEAST_SPREAD * spread, MOST_SPREAD * spread
    mean, sd = maximise(information, score, (centre, 1 / spread**2), spread, limits)
    diagonal = np.array([np.diag(each) for each in information])
    with np.errstate(divide="ignore"):
        errors = np.median(1 / np.sqrt(diagonal), axis=0)
    return tuple(
        Population(
            name=parameter.name,
            prior_centre=float(centre[i]) if has_prior[i] else float("nan"),
            prior_sd=float(spread[i]) if has_prior[i] else float("nan"),
            centre=float(mean[i]),
            sd=float(sd[i]),
            mean_error=float(errors[i]),
            at_limit=bool(min(sd[i] / limits[0][i] - 1, 1 - sd[i] / limits[1][i]) < _ON_LIMIT),
        )
        for i, parameter in enumerate(space.parameters)
    )


def maximise(
    information: NDArray[np.float64],
    score: NDArray[np.float64],
    prior: tuple[NDArray[np.float64], NDArray[np.float64]],
    spread: NDArray[np.float64],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the most likely centre and spread of a population.

    Parameters
    ----------
    information, score
        Of each city, a log likelihood ``-z'Jz/2 + h'z``: J of shape (n_cities, n, n), h of shape (n_cities, n).
    prior
        Of the population's centre: its own centre and precision, shape (n,); precisions of zero leave it free.
    spread
        Where to begin, shape (n,).
    limits
        Least and largest spread, shape (n,).

    Returns
    -------
    (centre, spread)
        Shape (n,).
    """
    stated, certainty = prior
    centre = stated
    for _ in range(_ROUNDS):
        precision = 1 / spread**2
        covariance = np.linalg.inv(information + np.diag(precision))
        # the centre has a closed form given the spread: each city counts by what its data and the spread leave of it
        left = np.eye(len(stated)) - information @ covariance
        weight = np.sum(left @ information, axis=0) + np.diag(certainty)
        pull = np.sum(np.einsum("cij,cj->ci", left, score), axis=0) + certainty * stated
        new = np.linalg.solve(weight, pull)
        means = np.einsum("cij,cj->ci", covariance, score + precision * new)
        variance = np.mean(np.diagonal(covariance, axis1=1, axis2=2) + (means - new) ** 2, axis=0)
        new_spread = np.clip(np.sqrt(variance), *limits)
        moved = max(float(np.max(np.abs(new - centre) / spread)), float(np.max(np.abs(new_spread / spread - 1))))
        centre, spread = new, new_spread
        if moved < _SETTLED:
            break
    return centre, spread


def shrunk(space: ParameterSpace, populations: Sequence[Population], until: int) -> ParameterSpace:
    """Put the population in the place of every prior; it rests on data up to `until`."""

    def with_prior(parameter: Parameter, population: Population) -> Parameter:
        low, high = parameter.search_bounds
        natural = float(parameter.from_search(np.clip(population.centre, low, high)))
        inside = min(max(natural, parameter.lower), parameter.upper)  # exp(log(bound)) may step over it by a rounding
        return replace(parameter, prior=Prior(inside, population.sd, until))

    pairs = zip(space.parameters, populations, strict=True)
    return ParameterSpace(tuple(with_prior(parameter, population) for parameter, population in pairs))


def _prior(space: ParameterSpace) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centre and precision of each prior on the search scale, any family taken for normal; middle and 0 without one."""
    centre, precision = (space.lower + space.upper) / 2, np.zeros(space.n)
    for i, parameter in enumerate(space.parameters):
        prior = parameter.searched_prior
        if prior is not None:
            centre[i] = prior.centre
            precision[i] = prior.sd**-2
    return centre, precision


def _own_information(
    searches: NDArray[np.float64],
    covariances: NDArray[np.float64],
    centre: NDArray[np.float64],
    precision: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take the prior out of each posterior S at its mode m: J = S^-1 - P, and h = J m + P (m - c).

    P (m - c) is the slope of the data's log likelihood at the mode, where that of the prior balances it. Directions are
    told apart in units of the prior's spreads.
    """
    unit = np.sqrt(np.where(precision > 0, precision, 1.0))
    posterior = np.linalg.inv(covariances) / np.outer(unit, unit)
    values, vectors = np.linalg.eigh(posterior - np.diag(np.where(precision > 0, 1.0, 0.0)))
    told = values >= LEAST_INFORMATION
    information = np.einsum("cij,cj,ckj->cik", vectors, np.where(told, values, 0.0), vectors)
    slope = precision / unit * (searches - centre)
    slope = np.einsum("cij,cj,ckj,ck->ci", vectors, told.astype(np.float64), vectors, slope)
    score = np.einsum("cij,cj->ci", information, searches * unit) + slope
    return information * np.outer(unit, unit), score * unit
