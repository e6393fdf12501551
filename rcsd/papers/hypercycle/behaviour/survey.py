"""All that is known of one network, in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.behaviour.cycles import PeriodicOrbit, periodic_orbit
from rcsd.papers.hypercycle.behaviour.equilibria import MOST_UNITS_OF_FACES, RestPoint, interior_equilibrium
from rcsd.papers.hypercycle.behaviour.long_run import ABSENT
from rcsd.papers.hypercycle.behaviour.permanence import Permanence, permanence
from rcsd.papers.hypercycle.network import FASTEST, CatalyticNetwork
from rcsd.papers.hypercycle.trajectory import SharePath, share_path
from rcsd.papers.rules import positive

_N_TIMES = 1201
LONGEST = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class NetworkSurvey:
    """A path of a network and what surrounds it.

    Attributes
    ----------
    network : CatalyticNetwork
        Under its replicase.
    replicase : float
        What scaled it.
    path : SharePath
        From the initial shares on.
    interior : RestPoint or None
        The point at rest with all units.
    permanence : Permanence or None
        Whether all last; None where the faces are too many to look at.
    orbit : PeriodicOrbit or None
        What a path from near the interior point comes to, if it is one.
    """

    network: CatalyticNetwork
    replicase: float
    path: SharePath
    interior: RestPoint | None
    permanence: Permanence | None
    orbit: PeriodicOrbit | None

    @property
    def left(self) -> tuple[str, ...]:
        """Units whose share comes above 0.001 in the second half of the path: one that swings is not gone."""
        late = self.path.shares[self.path.times.size // 2 :].max(axis=0)
        return tuple(name for name, share in zip(self.network.names, late, strict=True) if share > ABSENT)


def survey(
    network: CatalyticNetwork, *, years: float = 200.0, shares: ArrayLike | None = None, replicase: float = 1.0
) -> NetworkSurvey:
    """Solve a network from year 0 to `years`, and find its interior point, its permanence and its orbit.

    Parameters
    ----------
    network
        Units and links under a replicase of one.
    years
        Length of the path, above zero.
    shares
        Where it begins; equal ones when None.
    replicase
        Scales support and catalysis.

    Raises
    ------
    ParameterError
        When an argument breaks its rule, or the years times the strongest link are beyond a million.
    SimulationError
        When the path cannot be solved.
    """
    scaled = network.with_replicase(replicase)
    length = positive("years", years)
    if length * min(float(scaled.catalysis.max() + scaled.baseline.max()), FASTEST) > LONGEST:
        raise ParameterError("years times the strongest link must be at most 1e6: ask for fewer years", field="years")
    path = share_path(network, np.linspace(0.0, length, _N_TIMES), shares=shares, replicase=replicase)
    return NetworkSurvey(
        network=scaled,
        replicase=replicase,
        path=path,
        interior=interior_equilibrium(scaled),
        permanence=permanence(scaled) if network.size <= MOST_UNITS_OF_FACES else None,
        orbit=periodic_orbit(scaled),
    )
