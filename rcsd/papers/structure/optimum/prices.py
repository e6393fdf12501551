"""Which constraints hold a structure where it is, in words, and what each of them costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.papers.structure.optimum.front import Front, use_ceiling
from rcsd.papers.structure.optimum.programme import Constraint, Programme
from rcsd.papers.structure.optimum.solving import Solution, maximise

_ORDER = ("resource", "ceiling", "upper", "lower", "balance")
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
    """Return the constraints that bind at an efficient structure with their prices, by kind and dearest first.

    They belong to the programme that maximises value added with no more of the resource than this structure uses, a
    ceiling that stands in the list as epsilon. At a vertex prices are those of one optimal basis.
    """
    ceiling = use_ceiling(programme, solution.resource_use + 1e-10 * programme.actual_use)
    held = maximise(programme, programme.value_added, [ceiling])
    whole = [*programme.constraints, ceiling]
    found = [
        _price(programme, solution, constraint, price)
        for constraint, price, binds in zip(whole, held.prices, held.binding, strict=True)
        if binds
    ]
    return tuple(
        sorted(found, key=lambda each: (_ORDER.index(each.constraint.kind), -each.price, each.constraint.name))
    )


def _price(programme: Programme, solution: Solution, constraint: Constraint, price: float) -> ShadowPrice:
    unit = ratio_unit(programme.unit, programme.unit)
    if constraint.kind == "resource":
        unit = ratio_unit(programme.unit, programme.resource_unit)
    if constraint.kind == "ceiling":
        # bound = L sum X: a point of L is worth a hundredth of the region's output
        price *= _PERCENT * float(solution.output[programme.within(constraint.region)].sum())
        unit = f"{programme.unit} per percentage point"
    return ShadowPrice(constraint, price, unit, _MEANINGS[constraint.kind])


def ratio_unit(above: str, below: str) -> str:
    """Write one unit per another; a power of ten that both begin with falls out.

    Examples
    --------
    >>> ratio_unit("10^4 yuan", "10^4 yuan"), ratio_unit("10^4 yuan", "10^4 m3"), ratio_unit("10^4 yuan", "t")
    ('yuan per yuan', 'yuan per m3', '10^4 yuan per t')
    """
    (scale, _, one), (other, _, two) = above.partition(" "), below.partition(" ")
    if scale == other and scale.startswith("10^") and one and two:
        return f"{one} per {two}"
    return f"{above} per {below}"


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
