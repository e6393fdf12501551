"""Whether all units last whatever the start: permanence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from rcsd.papers.hypercycle.behaviour.equilibria import RestPoint, interior_equilibrium, rest_points
from rcsd.papers.hypercycle.network import CatalyticNetwork

Verdict = Literal["permanent", "not permanent", "undecided"]

_MARGIN = 1e-9
"""Below this share of the strongest link a rate counts as zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Permanence:
    """What is known of a network's permanence.

    Attributes
    ----------
    verdict : {"permanent", "not permanent", "undecided"}
        Permanent: every path from inside the simplex ends up away from its boundary by a distance that does not depend
        on the start.
    margin : float
        Largest mean rate, 1/Year, at which the units could be made to come in at every point at rest of the boundary;
        above zero it proves permanence.
    weights : NDArray, shape (unit,)
        How the mean is taken.
    why : str
        What decided.
    """

    verdict: Verdict
    margin: float
    weights: NDArray[np.float64]
    why: str


def permanence(network: CatalyticNetwork) -> Permanence:
    """Test a network by Jansen's condition (1987; Hofbauer and Sigmund 1998, theorem 13.6.1), a linear programme.

    If weights p > 0 exist with sum_i p_i (f_i(z) - phi(z)) > 0 at every point z at rest of the boundary, the network is
    permanent. Against it: no single interior point at rest, or a boundary point that no absent unit can enter. Where
    whole lines are at rest the sum is linear along them, so that their ends, which are single points of smaller faces,
    decide.

    Raises
    ------
    ParameterError
        For more than 14 units.
    """
    n = network.size
    strongest = float(np.abs(network.catalysis).max() + np.ptp(network.baseline)) or 1.0
    boundary = [point for point in rest_points(network) if not point.interior]
    if n == 1:
        return Permanence("permanent", np.inf, np.ones(1), "a single unit has no boundary")
    margin, weights = _programme(boundary, n)
    if interior_equilibrium(network) is None:
        return Permanence("not permanent", margin, weights, "no single point at rest has all units in it")
    for point in boundary:
        if (point.invasion_rates < -_MARGIN * strongest).all():
            there = " and ".join(network.names[i] for i in point.support)
            return Permanence("not permanent", margin, weights, f"with {there} alone no other unit can come in")
    if margin > _MARGIN * strongest:
        return Permanence("permanent", margin, weights, "at every boundary point at rest the absent units come in")
    return Permanence("undecided", margin, weights, "the sufficient condition fails and nothing speaks against it")


def _programme(boundary: list[RestPoint], n: int) -> tuple[float, NDArray[np.float64]]:
    """Maximise the smallest weighted rate over all boundary points; weights sum to one."""
    rates = np.zeros((len(boundary), n))
    for row, point in zip(rates, boundary, strict=True):
        row[np.setdiff1d(np.arange(n), point.support)] = point.invasion_rates
    solved = linprog(
        c=np.append(np.zeros(n), -1.0),
        A_ub=np.hstack([-rates, np.ones((len(boundary), 1))]),
        b_ub=np.zeros(len(boundary)),
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0.0, 1.0)] * n + [(None, None)],
        method="highs",
    )
    return float(solved.x[-1]), np.asarray(solved.x[:n])
