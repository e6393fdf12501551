"""A linear programme of an economy's structure as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.input_output import Sector

Values = NDArray[np.float64]
Kind = Literal["balance", "ceiling", "lower", "upper", "resource"]


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """One row of the programme, coefficients . X <= bound.

    Attributes
    ----------
    name : str
        Unique in the programme.
    kind : {"balance", "ceiling", "lower", "upper", "resource"}
        What it is.
    text : str
        In words, with the equation of the paper or the word assumed.
    coefficients : NDArray, shape (n,)
        Of outputs.
    bound : float
        In money, or in units of the resource.
    region : str
        Whose it is; empty for a programme of one region, or a constraint of all.
    """

    name: str
    kind: Kind
    text: str
    coefficients: Values
    bound: float
    region: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Maximise value added, minimise the use of a resource (Peng and Ji, eqs 10-17); X >= 0 holds besides.

    Attributes
    ----------
    sectors : tuple of Sector, length n
        Whose outputs X are chosen; of several regions one block after the other.
    actual : NDArray, shape (n,)
        Actual output, above zero.
    value_added : NDArray, shape (n,)
        v: value added a unit of output (eq 10).
    resource_use : NDArray, shape (n,)
        w: use of the resource a unit of output (eq 11).
    constraints : tuple of Constraint
        Eqs 14 to 17, and the bounds on growth.
    resource, resource_sector : str
        Name of the resource, and code of its industry.
    unit, resource_unit : str
        Of output and value added, and of the use.
    horizon : float
        Years until the structure is reached.
    """

    sectors: tuple[Sector, ...]
    actual: Values
    value_added: Values
    resource_use: Values
    constraints: tuple[Constraint, ...]
    resource: str
    resource_sector: str
    unit: str
    resource_unit: str
    horizon: float

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions in their order."""
        return tuple(dict.fromkeys(sector.region for sector in self.sectors))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the constraints."""
        return tuple(constraint.name for constraint in self.constraints)

    @property
    def industry(self) -> str:
        """Name of the resource industry."""
        return next(sector.name for sector in self.sectors if sector.code == self.resource_sector)

    @property
    def actual_value(self) -> float:
        """Value added of the actual structure."""
        return float(self.value_added @ self.actual)

    @property
    def actual_use(self) -> float:
        """Use of the resource by the actual structure."""
        return float(self.resource_use @ self.actual)

    def matrix(self) -> tuple[Values, Values]:
        """Return coefficients, shape (m, n), and bounds, shape (m,)."""
        rows = [constraint.coefficients for constraint in self.constraints]
        return np.array(rows).reshape(-1, len(self.sectors)), np.array([each.bound for each in self.constraints])

    def within(self, region: str) -> NDArray[np.bool_]:
        """Which sectors lie in a region, shape (n,)."""
        return np.array([sector.region == region for sector in self.sectors])

    def is_resource(self) -> NDArray[np.bool_]:
        """Which sectors are the resource industry, shape (n,)."""
        return np.array([sector.code == self.resource_sector for sector in self.sectors])

    def with_constraints(self, constraints: Sequence[Constraint]) -> Programme:
        """Return the programme with other constraints."""
        return replace(self, constraints=tuple(constraints))
