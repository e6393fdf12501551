"""The triangle of three shares: drift on a grid, paths from its sides, and what is at rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.behaviour.cycles import PeriodicOrbit, periodic_orbit
from rcsd.papers.hypercycle.behaviour.equilibria import RestPoint, rest_points
from rcsd.papers.hypercycle.growth import share_drift
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.hypercycle.trajectory import SharePath

UNITS_OF_A_TRIANGLE = 3


@dataclass(frozen=True, slots=True, eq=False)
class SimplexPortrait:
    """Everything that the picture of three shares shows.

    Attributes
    ----------
    network : CatalyticNetwork
        Under its replicase.
    shares : NDArray, shape (point, 3)
        A grid inside the triangle.
    drift : NDArray, shape (point, 3)
        dx/dt there, 1/Year.
    points : tuple of RestPoint
        At rest.
    orbit : PeriodicOrbit or None
        A closed path, if there is one.
    path : SharePath
        The path asked for.
    """

    network: CatalyticNetwork
    shares: NDArray[np.float64]
    drift: NDArray[np.float64]
    points: tuple[RestPoint, ...]
    orbit: PeriodicOrbit | None
    path: SharePath


def simplex_portrait(network: CatalyticNetwork, path: SharePath, *, n_grid: int = 18) -> SimplexPortrait:
    """Gather what the picture of a network of three units shows.

    Raises
    ------
    ParameterError
        When the network has another number of units.
    """
    if network.size != UNITS_OF_A_TRIANGLE:
        raise ParameterError(
            f"the triangle shows three shares, this network has {network.size} units: take the organisation mode or a "
            "cycle of 3"
        )
    steps = np.array([(i, j, n_grid - i - j) for i in range(n_grid + 1) for j in range(n_grid + 1 - i)])
    inside = steps[(steps > 0).all(axis=1)] / n_grid
    return SimplexPortrait(
        network, inside, share_drift(network, inside), rest_points(network), periodic_orbit(network), path
    )
