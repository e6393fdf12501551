"""What becomes of a network into which a mutant comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.behaviour.equilibria import RestPoint, interior_equilibrium
from rcsd.papers.hypercycle.behaviour.long_run import LongRun, long_run
from rcsd.papers.hypercycle.behaviour.permanence import permanence
from rcsd.papers.hypercycle.growth import advantage
from rcsd.papers.hypercycle.network import CatalyticNetwork, Unit
from rcsd.papers.rules import within

LOST = 0.1
"""An advantage below this share of what it was has gone."""

Outcome = Literal["repelled", "joined", "replaced", "destroyed", "undecided"]


@dataclass(frozen=True, slots=True, eq=False)
class Invasion:
    """A mutant's way into a network.

    Attributes
    ----------
    network : CatalyticNetwork
        With the mutant as its last unit.
    rate : float
        Growth of the mutant, over that of the residents, while it is rare, 1/Year.
    outcome : {"repelled", "joined", "replaced", "destroyed", "undecided"}
        The mutant vanishes; it stays beside all residents; it takes the place of some, and the catalysis goes on; no
        resident is left, or less than a tenth of the advantage; the shares still drift at the end of the run.
    before, after : float
        Industrial advantage of the residents in the long run, and at the end with the mutant, 1/Year.
    run : LongRun
        From the mutant's coming on.
    """

    network: CatalyticNetwork
    rate: float
    outcome: Outcome
    before: float
    after: float
    run: LongRun

    @property
    def survivors(self) -> tuple[str, ...]:
        """Units that are there at the end."""
        return self.run.survivors


def invasion_rate(network: CatalyticNetwork, *, replication: float, gains: ArrayLike) -> float:
    """Return a + sum_j k_j p_j - phi of a rare mutant, 1/Year.

    p is the interior point at rest of the residents. Where it is stable, residents near it come to rest there. The rate
    is linear in the shares, and along every path of a permanent network their time average is p (Hofbauer and Sigmund
    1998, theorem 13.5.1): it then holds for residents that swing as for those at rest. Other residents are refused.

    Raises
    ------
    ParameterError
        When the residents do not last, as `why_not_lasting` says, or the links do not fit.
    """
    point = _residents(network)
    links = np.asarray(gains, dtype=np.float64)
    if links.shape != (network.size,):
        raise ParameterError(f"the mutant needs one link from each of the {network.size} units; got {links.shape}")
    return float(replication + links @ point.shares - point.growth)


def invade(
    network: CatalyticNetwork,
    mutant: str = "mutant",
    *,
    replication: float,
    gains: ArrayLike,
    gives: ArrayLike,
    itself: float = 0.0,
    share: float = 0.01,
) -> Invasion:
    """Let a mutant come into a network that lasts, and follow both to the long run.

    It comes when the residents are at their stable point, or, where they swing, at the end of their own long run.

    Parameters
    ----------
    network
        The residents, with a stable interior point at rest or permanent.
    mutant
        Name of the newcomer.
    replication, gains, gives, itself
        Its own growth and its links, 1/Year, as in `CatalyticNetwork.joined_by`.
    share
        What it begins with, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument breaks its rule, or the residents do not last.
    SimulationError
        When the path cannot be solved.
    """
    point = _residents(network)
    within("share", share, 1e-9, 0.5)
    joined = network.joined_by(Unit(mutant, "mutant"), replication=replication, gains=gains, gives=gives, itself=itself)
    settled = point.shares if point.stability == "stable" else long_run(network).path.final
    start = np.append((1 - share) * settled, share)
    run = long_run(joined, shares=start)
    before = float(advantage(network, point.shares))
    return Invasion(
        network=joined,
        rate=invasion_rate(network, replication=replication, gains=gains),
        outcome=_outcome(run.alive, run.advantage, before) if run.decided else "undecided",
        before=before,
        after=run.advantage,
        run=run,
    )


def why_not_lasting(network: CatalyticNetwork) -> str:
    """Say why the units do not last together, so that no mutant's rate is defined; nothing when they do.

    Raises
    ------
    ParameterError
        For more than 14 units whose interior point is not stable: their faces are too many to look at.
    """
    point = interior_equilibrium(network)
    if point is None:
        return "the residents have no single point at rest with all of them: nothing lasts to be invaded"
    if point.stability == "stable":
        return ""
    found = permanence(network)
    if found.verdict == "permanent":
        return ""
    return (
        f"the residents' point at rest is {point.stability} and their permanence is not proved ({found.why}): their "
        "mean shares, on which the mutant's growth hangs, are not known"
    )


def _residents(network: CatalyticNetwork) -> RestPoint:
    fault, point = why_not_lasting(network), interior_equilibrium(network)
    if fault or point is None:
        raise ParameterError(fault)
    return point


def _outcome(alive: NDArray[np.bool_], after: float, before: float) -> Outcome:
    residents, mutant = alive[:-1], bool(alive[-1])
    if not residents.any() or after <= LOST * before:
        return "destroyed"
    if residents.all():
        return "joined" if mutant else "repelled"
    return "replaced"
