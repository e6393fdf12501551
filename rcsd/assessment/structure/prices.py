"""Which constraints hold a structure where it is, in words, and what each of them costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.assessment.structure.front import Front, use_ceiling
from rcsd.assessment.structure.programme import Constraint, Programme
from rcsd.assessment.structure.solving import Solution, maximise

_PERCENT = 0.01
_MEANINGS = {
    "balance": "value added gained by a unit less of required demand",
    "ceiling": "value added gained by a percentage point more of the share",
    "lower": "value added gained by a unit less of required output",
    "upper": "value added gained by a unit more of permitted output",
    "resource": "value added gained by a unit more of the resource",
}


@dataclass(frozen=True, slots=True)
class ShadowPrice:
    """A constraint that binds.

    Attributes
    ----------
    constraint : Constraint
        Which.
    price : float
        Value added gained by relaxing it, never negative, in `unit`; 0 for one that binds without holding anything up.
    unit : str
        Of the price.
    meaning : str
        By what the constraint is relaxed.
    """

    constraint: Constraint
    price: float
    unit: str
    meaning: str


def shadow_prices(programme: Programme, solution: Solution) -> tuple[ShadowPrice, ...]:
    """Return the constraints that bind at an efficient structure, dearest first, with the prices in value added.

    They belong to the programme that maximises value added with no more of the resource than this structure uses; the
    last of the list is then that ceiling, unless it binds nothing. At a vertex prices are those of one optimal basis.
    """
    ceiling = use_ceiling(programme, solution.resource_use + 1e-10 * programme.actual_use)
    held = maximise(programme, programme.value_added, [ceiling])
    whole = [*programme.constraints, ceiling]
    found = [
        _price(programme, solution, constraint, price)
        for constraint, price, binds in zip(whole, held.prices, held.binding, strict=True)
        if binds
    ]
    return tuple(sorted(found, key=lambda each: (-each.price, each.constraint.name)))


def _price(programme: Programme, solution: Solution, constraint: Constraint, price: float) -> ShadowPrice:
    unit = f"{programme.unit} per {programme.unit}"
    if constraint.kind == "resource":
        unit = f"{programme.unit} per {programme.resource_unit}"
    if constraint.kind == "ceiling":
        # bound = L sum X: a point of L is worth a hundredth of the region's output
        price *= _PERCENT * float(solution.output[programme.within(constraint.region)].sum())
        unit = f"{programme.unit} per percentage point"
    return ShadowPrice(constraint, price, unit, _MEANINGS[constraint.kind])


def price_range(front: Front, solution: Solution) -> tuple[float, float]:
    """Return the prices of the resource to the right and to the left of a structure on the front.

    Equal inside a piece; at a vertex one more unit gains the first and one unit less costs the second. Beyond the ends
    there is nothing to gain, and no less to be had (infinity).
    """
    uses = np.array([vertex.resource_use for vertex in front.vertices])
    near = 1e-9 * max(abs(uses[-1]), 1e-300)
    slopes = np.concatenate([[np.inf], front.slopes, [0.0]])
    right = int(np.searchsorted(uses, solution.resource_use + near, side="right"))
    left = int(np.searchsorted(uses, solution.resource_use - near, side="left"))
    return float(slopes[right]), float(slopes[left])
