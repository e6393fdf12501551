"""Where a network ends up: who is left, and with what advantage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import SimulationError
from rcsd.papers.hypercycle.growth import checked_shares, equal_shares
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.hypercycle.trajectory import SharePath, share_path
from rcsd.papers.rules import positive

LIFETIMES = 400.0
"""The first run lasts so many times the time in which the strongest difference of growth changes a share by e."""

EXTENSION, MOST_EXTENSIONS = 4.0, 4
"""While a share still drifts the run is done again, so many times as long, at most so often."""

LATE = 0.5
"""What is left is judged over this part of the run, at its end."""

ABSENT = 1e-3
"""A unit whose share stays below this in the late part, and falls, is gone."""

STILL = 1e-8
"""A share whose logarithm changes by less over the late part does not drift: some hundred times the solver's error.

A drift slower than 1e-8 of the fastest is thus taken for a balance, as it is on the threshold itself.
"""

SWINGING = 0.05
"""One that rises and falls does not drift when its means over the halves of the late part differ by less."""

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
    decided : bool
        Whether no unit of a share below the equal one drifts any longer. When not, `alive` is what is there at the end
        of the path and may yet change.
    """

    path: SharePath
    alive: NDArray[np.bool_]
    mean: NDArray[np.float64]
    advantage: float
    decided: bool

    @property
    def years(self) -> float:
        """Length of the path."""
        return float(self.path.times[-1] - self.path.times[0])

    @property
    def survivors(self) -> tuple[str, ...]:
        """Names of the units that are left."""
        return tuple(name for name, left in zip(self.path.network.names, self.alive, strict=True) if left)


def long_run(
    network: CatalyticNetwork, *, shares: ArrayLike | None = None, replicase: float = 1.0, years: float | None = None
) -> LongRun:
    """Follow a network until it is decided who is left.

    A run of 400 times the shortest time of its growth differences comes first. Near a threshold a share drifts far more
    slowly than that; the run is then made four times as long, up to 256 times, until no share below 1/n drifts.

    Parameters
    ----------
    network
        Units and links.
    shares
        Where it begins; a little off equal ones when None, so that a balance that does not last breaks.
    replicase
        Scales support and catalysis, constant.
    years
        Length of the path, which is then not extended; see above when None.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    SimulationError
        When the path cannot be solved.
    """
    x = _nearly_equal(network) if shares is None else checked_shares(shares, network.size)
    if years is not None:
        return _followed(network, x, replicase, positive("years", years))
    length = LIFETIMES / _fastest(network.with_replicase(replicase))
    run = _followed(network, x, replicase, length)
    for _ in range(MOST_EXTENSIONS):
        if run.decided:
            break
        length *= EXTENSION
        try:
            run = _followed(network, x, replicase, length)
        except SimulationError:  # too many steps: what is known is the shorter run
            break
    return run


def _followed(network: CatalyticNetwork, x: NDArray[np.float64], replicase: float, length: float) -> LongRun:
    path = share_path(network, np.linspace(0.0, length, _N_TIMES), shares=x, replicase=replicase)
    late = path.times >= (1 - LATE) * length
    return LongRun(
        path=path,
        alive=np.asarray(path.shares[late].max(axis=0) > ABSENT),
        mean=path.shares[late].mean(axis=0),
        advantage=float(path.advantage[late].mean()),
        decided=_decided(path.shares[late], path.log_shares[late]),
    )


def _decided(shares: NDArray[np.float64], logs: NDArray[np.float64]) -> bool:
    """Tell whether every unit is gone for good, at rest, swinging around a mean, or above the equal share."""
    half = shares.shape[0] // 2
    # tapered, so that the part of a swing that a window cuts off weighs little
    first, second = (np.hanning(part.shape[0]) @ part * 2 / part.shape[0] for part in (shares[:half], shares[half:]))
    for unit in np.flatnonzero(np.isfinite(logs[0])):
        path, change = logs[:, unit], float(logs[-1, unit] - logs[0, unit])
        falling = path[half:].max() < path[:half].max()
        gone = falling and shares[:, unit].max() <= ABSENT
        at_rest = float(np.ptp(path)) < STILL
        fall, rise = np.maximum.accumulate(path) - path, path - np.minimum.accumulate(path)
        turns = min(float(fall.max()), float(rise.max())) > STILL
        swings = turns and abs(second[unit] - first[unit]) < SWINGING * max(first[unit], second[unit])
        if not (gone or at_rest or swings or (second[unit] > 1 / shares.shape[1] and change > 0)):
            return False
    return True


def _nearly_equal(network: CatalyticNetwork) -> NDArray[np.float64]:
    tilt = 1 + 0.02 * np.cos(1.0 + 2.4 * np.arange(network.size))
    return np.asarray(equal_shares(network) * tilt / (equal_shares(network) * tilt).sum())


def _fastest(network: CatalyticNetwork) -> float:
    """Bound the differences of growth between two units, 1/Year; one where all grow alike whatever the shares are.

    f_i - f_k = a_i - a_k + sum_j (k_ij - k_kj) x_j: what a unit gives to all alike makes no difference.
    """
    difference = float(np.ptp(network.baseline) + np.ptp(network.catalysis, axis=0).max())
    return difference or 1.0
