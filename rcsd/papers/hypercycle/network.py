"""Who catalyses whom: self-replicating units, catalysts that are not replicated, and the strength of every link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.rules import all_within, finite, positive, whole

FASTEST = 100.0
"""Strengths above this many a year mean nothing for an industry."""

MOST_UNITS = 40

UnitKind = Literal["enterprise", "industry", "mutant"]
CatalystKind = Literal["innovation", "institution"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What replicates itself: an enterprise, or an industry of a chain.

    Attributes
    ----------
    name : str
        Unique within its network.
    kind : {"enterprise", "industry", "mutant"}
        What it is.
    city : str
        Where it is; empty when the network lies in one place.
    """

    name: str
    kind: UnitKind = "enterprise"
    city: str = ""


@dataclass(frozen=True, slots=True)
class Catalyst:
    """What helps units to replicate and is not replicated by them: innovation from outside, a supporting institution.

    Attributes
    ----------
    name : str
        Unique within its network.
    kind : {"innovation", "institution"}
        Whether it is E1 of the paper's Figure 2 or a supporting institution of its Figures 4 and 5.
    city : str
        Where it is; empty when the network lies in one place.
    """

    name: str
    kind: CatalystKind = "institution"
    city: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CatalyticNetwork:
    """Units, catalysts and links: all that Eigen and Schuster's equation needs.

    A unit i of share x_i grows at a_i + sum_c s_ic + sum_j k_ij x_j a year (Hofbauer and Sigmund 1998, ch. 12).

    Attributes
    ----------
    units : tuple of Unit
        What replicates itself, one or more.
    replication : NDArray, shape (unit,)
        a_i: growth of a unit by itself, 1/Year, 0 to 100.
    catalysis : NDArray, shape (unit, unit)
        k_ij: what unit i gains from unit j at full share, 1/Year, 0 to 100.
    catalysts : tuple of Catalyst
        What helps without being replicated.
    support : NDArray, shape (unit, catalyst)
        s_ic: what unit i gains from catalyst c, 1/Year, 0 to 100.

    Raises
    ------
    ParameterError
        For an empty network, a negative link, names that repeat, or shapes that do not fit.
    """

    units: tuple[Unit, ...]
    replication: NDArray[np.float64]
    catalysis: NDArray[np.float64]
    catalysts: tuple[Catalyst, ...]
    support: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        n, m = len(self.units), len(self.catalysts)
        if n == 0:
            raise ParameterError("the network is empty: give it at least one self-replicating unit", field="units")
        if n > MOST_UNITS:
            raise ParameterError(f"the network must have at most {MOST_UNITS} units; got {n}", field="units")
        names = [unit.name for unit in self.units] + [catalyst.name for catalyst in self.catalysts]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ParameterError(f"the name {repeated[0]!r} is given twice: every unit and catalyst needs its own")
        for name, values, shape in (
            ("replication", self.replication, (n,)),
            ("catalysis", self.catalysis, (n, n)),
            ("support", self.support, (n, m)),
        ):
            if values.shape != shape:
                raise ParameterError(
                    f"{name} must have shape {shape} for {n} units and {m} catalysts; got {values.shape}", field=name
                )
            all_within(name, values, 0.0, FASTEST)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the units."""
        return tuple(unit.name for unit in self.units)

    @property
    def size(self) -> int:
        """How many units replicate."""
        return len(self.units)

    @property
    def baseline(self) -> NDArray[np.float64]:
        """What a unit grows by whatever the shares are: a_i + sum_c s_ic, 1/Year, shape (unit,)."""
        return np.asarray(self.replication + self.support.sum(axis=1))

    def with_replicase(self, level: float) -> CatalyticNetwork:
        """Return the network under a replicase of this level: every support and catalysis times it.

        Raises
        ------
        ParameterError
            When the level is negative or no number.
        """
        if finite("replicase", level) < 0:
            raise ParameterError(f"replicase must be zero or more; got {level!r}", field="replicase")
        return replace(self, catalysis=level * self.catalysis, support=level * self.support)

    def joined_by(
        self, unit: Unit, *, replication: float, gains: ArrayLike, gives: ArrayLike, itself: float = 0.0
    ) -> CatalyticNetwork:
        """Return the network with one unit more, which comes last.

        Parameters
        ----------
        unit
            The newcomer.
        replication
            Its own growth, 1/Year; catalysts do not help it.
        gains, gives
            What it gains from each unit and what each gains from it, 1/Year, shape (unit,).
        itself
            What it gains from itself, 1/Year.

        Raises
        ------
        ParameterError
            When a shape or a value breaks the rules of the class.
        """
        row, column = np.asarray(gains, dtype=np.float64), np.asarray(gives, dtype=np.float64)
        if row.shape != (self.size,) or column.shape != (self.size,):
            raise ParameterError(f"a newcomer needs one link to and one from each of the {self.size} units")
        return CatalyticNetwork(
            units=(*self.units, unit),
            replication=np.append(self.replication, replication),
            catalysis=np.block([[self.catalysis, column[:, None]], [row[None, :], np.array([[itself]])]]),
            catalysts=self.catalysts,
            support=np.vstack([self.support, np.zeros((1, len(self.catalysts)))]),
        )


def network_of(
    units: Sequence[Unit | str],
    replication: ArrayLike,
    catalysis: ArrayLike,
    *,
    catalysts: Sequence[Catalyst | str] = (),
    support: ArrayLike | None = None,
) -> CatalyticNetwork:
    """Build a network from lists; a name alone is an enterprise, or an institution.

    Parameters
    ----------
    units, catalysts
        The nodes.
    replication
        a_i, 1/Year: one number for all, or shape (unit,).
    catalysis
        k_ij, 1/Year, shape (unit, unit); row i gains from column j.
    support
        s_ic, 1/Year, shape (unit, catalyst); none when left out.

    Raises
    ------
    ParameterError
        As `CatalyticNetwork`.

    Examples
    --------
    >>> network_of(["mine", "mill"], 0.03, [[0, 0.1], [0.2, 0]]).names
    ('mine', 'mill')
    """
    nodes = tuple(Unit(unit) if isinstance(unit, str) else unit for unit in units)
    helpers = tuple(Catalyst(each) if isinstance(each, str) else each for each in catalysts)
    own = np.asarray(replication, dtype=np.float64)
    return CatalyticNetwork(
        units=nodes,
        replication=np.full(len(nodes), float(own)) if own.ndim == 0 else own.copy(),
        catalysis=np.array(catalysis, dtype=np.float64),
        catalysts=helpers,
        support=np.zeros((len(nodes), len(helpers))) if support is None else np.array(support, dtype=np.float64),
    )


def pure_cycle(strengths: ArrayLike, *, n: int | None = None, replication: ArrayLike = 0.0) -> CatalyticNetwork:
    """Return Eigen and Schuster's hypercycle: each unit is catalysed by the one before it, the first by the last.

    Parameters
    ----------
    strengths
        k_i of each unit, 1/Year, above zero, shape (unit,); or one number for `n` units.
    n
        How many units, two or more, when one number is given.
    replication
        a_i, 1/Year: one number for all, or shape (unit,).

    Raises
    ------
    ParameterError
        When a rule above is broken.

    Examples
    --------
    >>> pure_cycle(1.0, n=3).catalysis.tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    given = np.asarray(strengths, dtype=np.float64)
    size = given.size if given.ndim else whole("n", n, 2)
    values = np.broadcast_to(given, (whole("n", size, 2),))
    for value in values:
        positive("catalysis", float(value))
    catalysis = np.zeros((size, size))
    catalysis[np.arange(size), np.arange(size) - 1] = values
    return network_of([f"unit {i + 1}" for i in range(size)], replication, catalysis)
