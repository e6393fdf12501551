"""The network at finite numbers: a Moran process whose large limit is the network equation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.rules import increasing, whole

MOST_MEMBERS = 1_000_000


def simulate_numbers(
    network: CatalyticNetwork,
    counts: Sequence[int],
    times: ArrayLike,
    *,
    n_runs: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw paths of N members: one of unit i is born at the rate n_i f_i(n/N), and its place is that of any member.

    Of every birth the chance that a member of unit j leaves is n_j/N, so that the mean drift of n_i/N is
    x_i (f_i - phi): the network equation (Moran 1958; the limit of large N is Kurtz's 1970).

    Parameters
    ----------
    network
        Under its replicase.
    counts
        Members of each unit at the first time, whole numbers of zero or more, one or more in all.
    times
        Years, increasing; the first is that of the start.
    n_runs
        How many paths, one or more.
    rng
        Source of randomness; equal generators give equal paths.

    Returns
    -------
    NDArray, shape (n_runs, n_times, unit)
        Shares n/N. A unit without members never comes back.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    from rcsd.papers.hypercycle.moran_kernel import moran_paths  # noqa: PLC0415 - compiling takes seconds, only if used

    if len(counts) != network.size:
        raise ParameterError(f"counts must be one number for each of the {network.size} units; got {len(counts)}")
    start = np.array([whole("counts", count, 0) for count in counts], dtype=np.int64)
    if not 1 <= start.sum() <= MOST_MEMBERS:
        raise ParameterError(f"counts must add up to 1 to {MOST_MEMBERS} members; got {start.sum()}")
    years, runs = increasing("times", times), whole("n_runs", n_runs, 1)
    paths = moran_paths(network.baseline, network.catalysis, start, years, runs, rng)
    return np.asarray(paths / start.sum(), dtype=np.float64)


def fixation_probability(fitness: float, members: int, total: int) -> float:
    """Return the chance that `members` of relative fitness r among N take over: (1 - r^-m)/(1 - r^-N) (Moran 1958).

    Parameters
    ----------
    fitness
        r, above zero: growth of the mutants over that of the others, without links.
    members, total
        m and N.

    Examples
    --------
    >>> fixation_probability(1.0, 3, 12)
    0.25
    """
    if fitness == 1:
        return members / total
    return float(np.expm1(-members * np.log(fitness)) / np.expm1(-total * np.log(fitness)))
