"""Leaders by chance: exact simulation of the changes whose mean the stock of expected leader changes is.

Changes are an inhomogeneous Poisson process with the hazard of a path, taken as linear between the path's times: time
is changed to the accumulated hazard, in which changes are a Poisson process of rate one (Cinlar 1975, section 4.7). Who
leads is a Markov chain on top of it: at each change one of the other candidates takes over, each as likely as the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.bands import Band, band
from rcsd.errors import ParameterError
from rcsd.papers.rules import all_within, increasing, whole


@dataclass(frozen=True, slots=True, eq=False)
class LeaderRuns:
    """Leader changes of many runs.

    Attributes
    ----------
    times : NDArray, shape (n_times,)
        Of the path.
    accumulated : NDArray, shape (n_times,)
        Hazard accumulated since the first time: the mean number of changes, and its variance.
    changes : tuple of NDArray
        Years of the changes of each run, increasing.
    leaders : tuple of NDArray of int
        Who leads after each change, of the candidates 0 to n - 1; 0, the founder, leads at first.
    """

    times: NDArray[np.float64]
    accumulated: NDArray[np.float64]
    changes: tuple[NDArray[np.float64], ...]
    leaders: tuple[NDArray[np.int_], ...]

    def counts(self) -> NDArray[np.int_]:
        """Return how many changes each run has had by each time, shape (n_runs, n_times)."""
        return np.array([np.searchsorted(run, self.times, side="right") for run in self.changes])

    def spread(self) -> Band:
        """Return the band of the numbers of changes of the runs by each time, each of shape (n_times,)."""
        return band(self.counts())

    def mean(self) -> NDArray[np.float64]:
        """Return the mean number of changes by each time, shape (n_times,)."""
        return np.asarray(self.counts().mean(axis=0))

    def founder_leads(self) -> NDArray[np.bool_]:
        """Say whether the founder leads at each time, shape (n_runs, n_times)."""
        counts = self.counts()
        with_first = [np.concatenate([[0], run]) for run in self.leaders]
        return np.array([row[count] == 0 for row, count in zip(with_first, counts, strict=True)])


def accumulated_hazard(times: ArrayLike, hazard: ArrayLike) -> NDArray[np.float64]:
    """Return the integral of the hazard from the first time on, shape (n_times,); exact where it is linear in between.

    Raises
    ------
    ParameterError
        When the times do not increase, or the hazard is not one finite number, zero or more, for each.
    """
    years, rate = _checked(times, hazard)
    return _accumulated(years, rate)


def founder_probability(accumulated: ArrayLike, n_candidates: int) -> NDArray[np.float64]:
    """Return the probability that the founder leads, 1/n + (1 - 1/n) exp(-n H/(n - 1)), at an accumulated hazard H.

    Raises
    ------
    ParameterError
        When the hazard is negative or there are fewer than two candidates.
    """
    n = whole("n_candidates", n_candidates, 2)
    hazard = all_within("accumulated hazard", accumulated, 0, np.inf)
    return np.asarray(1 / n + (1 - 1 / n) * np.exp(-n / (n - 1) * hazard))


def simulate_leaders(
    times: ArrayLike, hazard: ArrayLike, *, n_runs: int, n_candidates: int = 5, rng: np.random.Generator
) -> LeaderRuns:
    """Draw leader changes from the hazard of a path.

    Parameters
    ----------
    times
        Years, increasing, two or more.
    hazard
        Hazard of a leader change at each, 1/Year, zero or more; linear in between.
    n_runs
        How many runs, one or more.
    n_candidates
        Who can lead, two or more.
    rng
        Source of randomness; equal generators give equal runs.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    years, rate = _checked(times, hazard)
    runs, n = whole("n_runs", n_runs, 1), whole("n_candidates", n_candidates, 2)
    total = _accumulated(years, rate)
    # Given their number, changes are spread evenly over the accumulated hazard.
    numbers = rng.poisson(total[-1], size=runs)
    drawn = rng.uniform(0, total[-1], size=int(numbers.sum()))
    steps = rng.integers(1, n, size=drawn.size)
    years_of_changes = _inverted(drawn, years, rate, total)
    ends = np.cumsum(numbers)[:-1]
    return LeaderRuns(
        times=years,
        accumulated=total,
        changes=tuple(np.sort(run) for run in np.split(years_of_changes, ends)),
        leaders=tuple(np.cumsum(run) % n for run in np.split(steps, ends)),
    )


def _checked(times: ArrayLike, hazard: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    years = increasing("times", times, least=2)
    rate = all_within("hazard", hazard, 0, np.finfo(np.float64).max)
    if rate.shape != years.shape:
        raise ParameterError(f"the hazard must have a value for each of the {years.size} times; got shape {rate.shape}")
    return years, rate


def _accumulated(years: NDArray[np.float64], rate: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(np.diff(years) * (rate[1:] + rate[:-1]) / 2)])


def _inverted(
    hazard: NDArray[np.float64], years: NDArray[np.float64], rate: NDArray[np.float64], total: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the times at which the accumulated hazard has these values."""
    at = np.clip(np.searchsorted(total, hazard, side="right") - 1, 0, years.size - 2)
    rest, first = hazard - total[at], rate[at]
    slope = (rate[at + 1] - first) / (years[at + 1] - years[at])
    # first s + slope s^2/2 = rest, by the form of the root that does not cancel
    root = first + np.sqrt(np.maximum(first**2 + 2 * slope * rest, 0))
    step = np.divide(2 * rest, root, out=np.zeros_like(rest), where=root > 0)
    return np.asarray(np.minimum(years[at] + step, years[at + 1]))
