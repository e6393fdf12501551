"""Table 1 of the paper as experiments: each row a hypothesis, a run, and whether the hypothesis held.

The table compares biological evolution with that of industrial advantages. Its rows, in our words: several units
interact and form an industry; a replicase that helps replication raises the advantage; one that does not help ends it;
a mutation of a unit brings a new stable hypercycle and more advantage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.theory.hypercycle.equilibria import interior_equilibrium
from rcsd.theory.hypercycle.invasion import LOST, Invasion, invade
from rcsd.theory.hypercycle.long_run import LongRun, long_run
from rcsd.theory.hypercycle.network import CatalyticNetwork, network_of
from rcsd.theory.hypercycle.permanence import permanence
from rcsd.theory.hypercycle.replicase import replicase_of_preference
from rcsd.theory.hypercycle.trajectory import SharePath
from rcsd.theory.rules import positive

ENTERPRISES = ("Enterprise 1", "Enterprise 2", "Enterprise 3")
GROWTH = (0.034, 0.032, 0.030)
"""Growth of each by itself, 1/Year, assumed: close, and unequal."""
LINK = 0.1
"""What each gains from the one before it, 1/Year, assumed."""
UNEVEN = (0.90, 0.05, 0.05)
"""Shares from which the advantage is seen to grow."""


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """One row of Table 1, run.

    Attributes
    ----------
    key : str
        Short name.
    row : str
        What the row says.
    hypothesis : str
        What must come out, in terms of the network.
    outcome : str
        What came out.
    holds : bool
        Whether it is what the row says.
    measured : mapping of str to float
        The numbers behind it.
    path : SharePath
        The run that shows it.
    """

    key: str
    row: str
    hypothesis: str
    outcome: str
    holds: bool
    measured: Mapping[str, float]
    path: SharePath


def enterprises(link: float = LINK) -> CatalyticNetwork:
    """Return three enterprises, each catalysed by the one before it: the hypercycle of all experiments."""
    return network_of(ENTERPRISES, GROWTH, link * np.roll(np.eye(3), -1, axis=1))


def table_1(link: float = LINK) -> tuple[Experiment, ...]:
    """Run every row of Table 1.

    Parameters
    ----------
    link
        What each enterprise gains from the one before it, 1/Year, above zero.

    Raises
    ------
    ParameterError
        When the link is not above zero.
    """
    network = enterprises(positive("link", link))
    rows: tuple[Callable[[CatalyticNetwork], Experiment], ...] = (
        _industry,
        _favourable_replicase,
        _no_replicase,
        _adverse_mutant,
        _favourable_mutant,
    )
    return tuple(run(network) for run in rows)


def _industry(network: CatalyticNetwork) -> Experiment:
    apart, together = long_run(network, replicase=0.0), long_run(network)
    verdict = permanence(network).verdict
    return Experiment(
        key="interaction",
        row="Multiple companies interact and develop to form an industry",
        hypothesis="Without links only the fastest enterprise is left; with links all three last, whatever the start",
        outcome=f"without links {_listed(apart)}; with links {_listed(together)}, {verdict}",
        holds=apart.survivors == ENTERPRISES[:1] and together.survivors == ENTERPRISES and verdict == "permanent",
        measured={"left without links": float(apart.alive.sum()), "left with links": float(together.alive.sum())},
        path=together.path,
    )


def _favourable_replicase(network: CatalyticNetwork) -> Experiment:
    run = long_run(network, shares=UNEVEN, replicase=float(replicase_of_preference(0.0)))
    levels = np.linspace(0.25, 1.0, 4)
    finals = np.array([long_run(network, shares=UNEVEN, replicase=float(level)).advantage for level in levels])
    first = float(run.path.advantage[0])
    return Experiment(
        key="catalyst",
        row="Replicase helps the units to replicate: the industry's competitive advantage increases",
        hypothesis="With innovation in balance (x = 0) the advantage rises to above zero, and is higher, the stronger "
        "the replicase",
        outcome=f"from {_rate(first)} to {_rate(run.advantage)}; at replicase 0.25, 0.5, 0.75, 1: "
        + ", ".join(_rate(value) for value in finals),
        holds=bool(run.advantage > max(first, 0.0) and (np.diff(finals) > 0).all()),
        measured={"advantage at the start": first, "advantage in the long run": run.advantage},
        path=run.path,
    )


def _no_replicase(network: CatalyticNetwork) -> Experiment:
    balanced = long_run(network)
    settled = balanced.mean / balanced.mean.sum()
    alone = long_run(network, shares=settled, replicase=float(replicase_of_preference(-1.0)))
    return Experiment(
        key="no catalyst",
        row="Replicase does not help the units to replicate: the advantage disappears",
        hypothesis="With all inputs technological (x = -1) there is no synergy: the replicase is zero and the "
        "advantage goes",
        outcome=f"from {_rate(balanced.advantage)} to {_rate(alone.advantage)}; {_listed(alone)} left",
        holds=bool(balanced.advantage > 0 and alone.advantage <= LOST * balanced.advantage),
        measured={"advantage with replicase": balanced.advantage, "advantage without": alone.advantage},
        path=alone.path,
    )


def _adverse_mutant(network: CatalyticNetwork) -> Experiment:
    found = _mutated(network, "Adverse mutant", gives=0.0)
    return Experiment(
        key="adverse mutant",
        row="Replicase does not help the units to replicate: the advantage disappears (captured by a mutant)",
        hypothesis="A mutant of enterprise 3 that takes twice its catalysis and gives none comes in and ends it",
        outcome=f"comes in at {_rate(found.rate)}; advantage from {_rate(found.before)} to {_rate(found.after)}: "
        f"{found.outcome}",
        holds=found.rate > 0 and found.outcome == "destroyed",
        measured={"invasion rate": found.rate, "advantage before": found.before, "advantage after": found.after},
        path=found.run.path,
    )


def _favourable_mutant(network: CatalyticNetwork) -> Experiment:
    found = _mutated(network, "Favourable mutant", gives=2.0)
    left = restricted(found.network, found.run.alive)
    point, verdict = interior_equilibrium(left), permanence(left).verdict
    stable = point is not None and point.stability == "stable"
    return Experiment(
        key="favourable mutant",
        row="Mutation of a unit: a new stable hypercycle forms and the advantage increases",
        hypothesis="A mutant of enterprise 3 that takes and gives twice as much takes its place in a stable, permanent "
        "hypercycle of more advantage",
        outcome=f"comes in at {_rate(found.rate)}; {_listed(found.run)} left, {verdict}, "
        f"{'stable' if stable else 'not stable'}; advantage from {_rate(found.before)} to {_rate(found.after)}",
        holds=bool(
            found.rate > 0
            and found.outcome == "replaced"
            and found.run.alive[-1]
            and stable
            and verdict == "permanent"
            and found.after > found.before
        ),
        measured={"invasion rate": found.rate, "advantage before": found.before, "advantage after": found.after},
        path=found.run.path,
    )


def restricted(network: CatalyticNetwork, alive: NDArray[np.bool_]) -> CatalyticNetwork:
    """Return the network of the units that are there."""
    here = np.flatnonzero(alive)
    return CatalyticNetwork(
        units=tuple(network.units[i] for i in here),
        replication=network.replication[here],
        catalysis=network.catalysis[np.ix_(here, here)],
        catalysts=network.catalysts,
        support=network.support[here],
    )


def _mutated(network: CatalyticNetwork, name: str, *, gives: float) -> Invasion:
    """Let a mutant of the last enterprise come in that takes twice what it takes."""
    return invade(
        network,
        name,
        replication=float(network.replication[2]),
        gains=2 * network.catalysis[2],
        gives=gives * network.catalysis[:, 2],
    )


def _listed(run: LongRun) -> str:
    return " and ".join(run.survivors)


def _rate(value: float) -> str:
    return f"{value + 0.0:.4f}"
