"""Where a network ends up: who is left, and with what advantage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.theory.hypercycle.growth import checked_shares, equal_shares
from rcsd.theory.hypercycle.network import CatalyticNetwork
from rcsd.theory.hypercycle.trajectory import SharePath, share_path
from rcsd.theory.rules import positive

LIFETIMES = 400.0
"""The run lasts so many times the time in which the strongest difference of growth changes a share by a factor e."""

LATE = 0.5
"""What is left is judged over this part of the run, at its end."""

ABSENT = 1e-3
"""A unit whose share stays below this in the late part is gone."""

_N_TIMES = 2001


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """The late part of a long path.

    Attributes
    ----------
    path : SharePath
        All of it.
    alive : NDArray of bool, shape (unit,)
        Whose share comes above 0.001 in the late part.
    mean : NDArray, shape (unit,)
        Shares, averaged over the late part.
    advantage : float
        Industrial advantage, averaged over the late part, 1/Year.
    """

    path: SharePath
    alive: NDArray[np.bool_]
    mean: NDArray[np.float64]
    advantage: float

    @property
    def survivors(self) -> tuple[str, ...]:
        """Names of the units that are left."""
        return tuple(name for name, left in zip(self.path.network.names, self.alive, strict=True) if left)


def long_run(
    network: CatalyticNetwork, *, shares: ArrayLike | None = None, replicase: float = 1.0, years: float | None = None
) -> LongRun:
    """Follow a network for long, and see who is left.

    Parameters
    ----------
    network
        Units and links.
    shares
        Where it begins; a little off equal ones when None, so that a balance that does not last breaks.
    replicase
        Scales support and catalysis, constant.
    years
        Length of the path; 400 times the slowest of its growth differences' time when None.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    SimulationError
        When the path cannot be solved.
    """
    scaled = network.with_replicase(replicase)
    x = _nearly_equal(network) if shares is None else checked_shares(shares, network.size)
    length = LIFETIMES / _fastest(scaled) if years is None else positive("years", years)
    path = share_path(network, np.linspace(0.0, length, _N_TIMES), shares=x, replicase=replicase)
    late = path.times >= (1 - LATE) * length
    return LongRun(
        path=path,
        alive=np.asarray(path.shares[late].max(axis=0) > ABSENT),
        mean=path.shares[late].mean(axis=0),
        advantage=float(path.advantage[late].mean()),
    )


def _nearly_equal(network: CatalyticNetwork) -> NDArray[np.float64]:
    tilt = 1 + 0.02 * np.cos(1.0 + 2.4 * np.arange(network.size))
    return np.asarray(equal_shares(network) * tilt / (equal_shares(network) * tilt).sum())


def _fastest(network: CatalyticNetwork) -> float:
    """Bound the differences of growth, 1/Year; one where all units grow alike whatever the shares are."""
    difference = float(np.ptp(network.baseline) + np.ptp(network.catalysis)) / max(network.size, 2)
    return difference or 1.0
