"""Table 1 of the paper as experiments: each row a hypothesis, a run, and whether the hypothesis held.

The table compares biological evolution with that of industrial advantages. Its rows, in our words: several units
interact and form an industry; a replicase that helps replication raises the advantage; one that does not help ends it;
a mutation of a unit brings a new stable hypercycle and more advantage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.hypercycle.behaviour.equilibria import interior_equilibrium
from rcsd.papers.hypercycle.behaviour.invasion import LOST, Invasion, invade, why_not_lasting
from rcsd.papers.hypercycle.behaviour.long_run import LongRun, long_run
from rcsd.papers.hypercycle.behaviour.permanence import permanence
from rcsd.papers.hypercycle.network import CatalyticNetwork, network_of
from rcsd.papers.hypercycle.replicase import replicase_of_preference
from rcsd.papers.hypercycle.trajectory import SharePath
from rcsd.papers.rules import positive

ENTERPRISES = ("Enterprise 1", "Enterprise 2", "Enterprise 3")
GROWTH = (0.034, 0.032, 0.030)
"""Growth of each by itself, 1/Year, assumed: close, and unequal."""
LINK = 0.1
"""What each gains from the one before it, 1/Year, assumed."""
LINKS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Links at which `table_1_ranges` tries the rows, 1/Year."""
ROWS = ("interaction", "catalyst", "no catalyst", "adverse mutant", "favourable mutant")
"""Keys of the rows."""
NOTHING = 1e-3
"""An advantage, or a rise of it, below this share of the link is none: runs end near a point at rest, not on it."""
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
        row="Companies that interact grow into an industry",
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
    first, nothing = float(run.path.advantage[0]), NOTHING * float(network.catalysis.max())
    return Experiment(
        key="catalyst",
        row="Replicase helps the units to replicate: the industry's competitive advantage increases",
        hypothesis="With innovation in balance (x = 0) the advantage rises to above zero, and is higher, the stronger "
        "the replicase",
        outcome=f"from {_rate(first)} to {_rate(run.advantage)}; at replicase 0.25, 0.5, 0.75, 1: "
        + ", ".join(_rate(value) for value in finals),
        holds=bool(run.advantage > max(first, nothing) and (np.diff(finals) > nothing).all()),
        measured={"advantage at the start": first, "advantage in the long run": run.advantage},
        path=run.path,
    )


def table_1_ranges(
    links: Sequence[float] = LINKS, *, note: Callable[[int, int], None] | None = None
) -> Mapping[str, tuple[float, ...]]:
    """Run Table 1 at several links; return, for each row's key, those at which it holds.

    Parameters
    ----------
    links
        1/Year, each above zero.
    note
        Called with how many links are done, and of how many.

    Raises
    ------
    ParameterError
        When a link is not above zero.
    """
    found: dict[str, tuple[float, ...]] = dict.fromkeys(ROWS, ())
    for done, link in enumerate(links, start=1):
        for row in table_1(float(link)):
            if row.holds:
                found[row.key] += (float(link),)
        if note is not None:
            note(done, len(links))
    return found


def breaking_replicase(network: CatalyticNetwork) -> float:
    """Return the replicase at and below which a ring of equal links k cannot hold its units: (n max a - sum a)/k.

    At rest a_i + r k x_{i-1} = phi for all, so that r k = n phi - sum a, and a unit is left out when phi comes down to
    the largest a. Infinite without links.
    """
    strength = float(network.catalysis.max())
    a = network.replication
    return float((a.size * a.max() - a.sum()) / strength) if strength > 0 else np.inf


def _no_replicase(network: CatalyticNetwork) -> Experiment:
    balanced = long_run(network)
    level = min(0.5 * breaking_replicase(network), 1.0)
    weak = long_run(network, shares=balanced.path.final, replicase=level)
    lopsided = np.zeros_like(network.catalysis)
    lopsided[0] = network.catalysis[0]
    skewed = long_run(network_of(network.names, network.replication, lopsided), shares=balanced.path.final)
    none = long_run(network, shares=balanced.path.final, replicase=float(replicase_of_preference(-1.0)))
    after = [run.advantage for run in (weak, skewed, none)]
    return Experiment(
        key="no catalyst",
        row="Replicase does not help the units to replicate: the advantage disappears",
        hypothesis="A replicase above zero that is half of what the three need, and one that helps enterprise 1 "
        "alone, leave links that work, and yet end the advantage; at x = -1 no link is left and it ends by definition",
        outcome=f"from {_rate(balanced.advantage)} to {_rate(after[0])} at replicase {level:.3g}, {_rate(after[1])} "
        f"with help for one, {_rate(after[2])} with none; {_listed(weak)}, {_listed(skewed)}, {_listed(none)} left",
        holds=bool(balanced.advantage > NOTHING * network.catalysis.max() and max(after) <= LOST * balanced.advantage),
        measured={
            "advantage with replicase": balanced.advantage,
            "weak replicase": level,
            "advantage with weak replicase": after[0],
            "advantage with help for one": after[1],
            "advantage without": after[2],
        },
        path=weak.path,
    )


def _adverse_mutant(network: CatalyticNetwork) -> Experiment:
    row = _Row(
        key="adverse mutant",
        row="Replicase does not help the units to replicate: the advantage disappears (captured by a mutant)",
        hypothesis="A mutant of enterprise 3 that takes twice its catalysis and gives none comes in and ends it",
    )
    if fault := why_not_lasting(network):
        return _not_run(network, row, fault)
    found = _mutated(network, "Adverse mutant", gives=0.0)
    return Experiment(
        *row.texts,
        outcome=f"comes in at {_rate(found.rate)}; advantage from {_rate(found.before)} to {_rate(found.after)}: "
        f"{found.outcome}",
        holds=found.rate > 0 and found.outcome == "destroyed",
        measured={"invasion rate": found.rate, "advantage before": found.before, "advantage after": found.after},
        path=found.run.path,
    )


def _favourable_mutant(network: CatalyticNetwork) -> Experiment:
    row = _Row(
        key="favourable mutant",
        row="Mutation of a unit: a new stable hypercycle forms and the advantage increases",
        hypothesis="A mutant of enterprise 3 that takes and gives twice as much takes its place in a stable, permanent "
        "hypercycle of more advantage",
    )
    if fault := why_not_lasting(network):
        return _not_run(network, row, fault)
    found = _mutated(network, "Favourable mutant", gives=2.0)
    left = restricted(found.network, found.run.alive)
    point, verdict = interior_equilibrium(left), permanence(left).verdict
    stable = point is not None and point.stability == "stable"
    return Experiment(
        *row.texts,
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


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    row: str
    hypothesis: str

    @property
    def texts(self) -> tuple[str, str, str]:
        return self.key, self.row, self.hypothesis


def _not_run(network: CatalyticNetwork, row: _Row, fault: str) -> Experiment:
    """Return a row that does not hold because there is no hypercycle for the mutant to come into."""
    return Experiment(*row.texts, outcome=fault, holds=False, measured={}, path=long_run(network).path)


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
    return " and ".join(run.survivors) + ("" if run.decided else f" (undecided after {run.years:,.0f} years)")


def _rate(value: float) -> str:
    return f"{round(value, 4) + 0.0:.4f}"  # no minus before zero
