"""How many units are left after 3000 years in a plane of two numbers, and where the exact threshold lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.behaviour.long_run import ABSENT
from rcsd.papers.hypercycle.behaviour.thresholds import Threshold, plane_threshold
from rcsd.papers.hypercycle.families import CycleFamily, ModeFamily, NetworkFamily
from rcsd.papers.hypercycle.simulator import HypercycleSimulator
from rcsd.papers.rules import whole

PLANES: Mapping[str, tuple[tuple[str, float, float], tuple[str, float, float]]] = {
    "form": (("preference", -1.0, 1.0), ("innovation", 0.0, 0.03)),
    "structure": (("own", 0.0, 0.12), ("chain", 0.0, 0.12)),
    "organisation": (("own", 0.0, 0.12), ("chain", 0.0, 0.12)),
    "regional": (("chain", 0.0, 0.12), ("intercity", 0.0, 0.12)),
    "cycle": (("lead", 0.0, 0.12), ("strength", 0.01, 0.3)),
}
"""The plane of each network: the number on each axis and its ends, 1/Year; the preference without unit."""

YEARS = 3000.0
"""Near a threshold the long run takes longer than this to show."""
_N_LATE = 61


@dataclass(frozen=True, slots=True, eq=False)
class PhaseDiagram:
    """What is left after 3000 years over a plane.

    Attributes
    ----------
    name : str
        Of the family.
    axes : tuple of two str
        The numbers that vary.
    x, y : NDArray, shapes (n,), (n,)
        Their values.
    left : NDArray of int, shape (n, n)
        How many units have a share above 0.001 in the last third of 3000 years; row is y.
    advantage : NDArray, shape (n, n)
        Advantage, averaged over it, 1/Year.
    point : tuple of two float
        Where the family's defaults, or the given numbers, lie.
    threshold : Threshold or None
        The exact line at which the long run changes, where one is known.
    years : float
        When it is read.
    """

    name: str
    axes: tuple[str, str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    left: NDArray[np.int_]
    advantage: NDArray[np.float64]
    point: tuple[float, float]
    threshold: Threshold | None
    years: float = YEARS


def phase_diagram(
    family: NetworkFamily,
    plane: tuple[tuple[str, float, float], tuple[str, float, float]] | None = None,
    *,
    values: Mapping[str, float] | None = None,
    n: int = 25,
) -> PhaseDiagram:
    """Run a family over a grid of two of its numbers.

    Parameters
    ----------
    family
        A mode or a cycle.
    plane
        Name and ends of the two numbers; that of `PLANES` when None.
    values
        The other numbers; the family's defaults when left out.
    n
        Points along each axis, 2 or more.

    Raises
    ------
    ParameterError
        For a family without a plane of its own when none is given, or an argument that breaks its rule.
    """
    across, up = _plane(family) if plane is None else plane
    size = whole("n", n, 2)
    x, y = np.linspace(across[1], across[2], size), np.linspace(up[1], up[2], size)
    times = np.linspace(2 / 3 * YEARS, YEARS, _N_LATE)
    simulator = HypercycleSimulator(family, times, start=0.0, defaults=values)
    grid = {across[0]: np.tile(x, size), up[0]: np.repeat(y, size)}
    found = simulator.run(grid)
    found.require_some()
    n_units = len(simulator.variables) - 3
    left = (found.values[:, :, :n_units].max(axis=1) > ABSENT).sum(axis=1)
    return PhaseDiagram(
        name=family.name,
        axes=(across[0], up[0]),
        x=x,
        y=y,
        left=np.where(found.ok, left, 0).reshape(size, size),
        advantage=found.of("advantage").mean(axis=1).reshape(size, size),
        point=(simulator.constants[across[0]], simulator.constants[up[0]]),
        threshold=plane_threshold(family, (across[0], up[0]), x, simulator.constants),
    )


def _plane(family: NetworkFamily) -> tuple[tuple[str, float, float], tuple[str, float, float]]:
    if isinstance(family, ModeFamily):
        return PLANES[family.mode]
    if isinstance(family, CycleFamily):
        return PLANES["cycle"]
    raise ParameterError(f"no plane is known for {family.name}: name two numbers and their ends", field="plane")
