"""Value added against use of the resource: every structure that gives up one only for the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.structure.optimum.programme import Constraint, Programme
from rcsd.papers.structure.optimum.solving import Solution, maximise

_SAME = 1e-9
"""Two values of an objective, as a share of the actual one, that do not differ."""

_NEW = 1e-8
"""Gain, as a share of the front's extent, by which a vertex must rise above the line between its neighbours."""

_WHOLE = 1e5
"""From here on numbers are written without decimals."""


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The efficient structures of a programme with two objectives.

    Attributes
    ----------
    vertices : tuple of Solution
        All corners of the front from the least use of the resource to the most value added: with the lines between
        them the whole front. One only when both objectives have their optimum at one point.
    points : tuple of Solution
        Most value added under an even grid of ceilings on the use (epsilon-constraint), ends included.
    prices : NDArray, shape (number of points,)
        Value added gained by one more unit of the resource at each of them, the price of its ceiling. At a vertex any
        price between the slopes beside it is one.
    """

    vertices: tuple[Solution, ...]
    points: tuple[Solution, ...]
    prices: NDArray[np.float64]

    @property
    def least_use(self) -> Solution:
        """The end with the least use of the resource."""
        return self.vertices[0]

    @property
    def most_value(self) -> Solution:
        """The end with the most value added."""
        return self.vertices[-1]

    @property
    def slopes(self) -> NDArray[np.float64]:
        """Value added gained by a unit of the resource on each line between vertices, falling from left to right."""
        return np.array(
            [(b.value_added - a.value_added) / (b.resource_use - a.resource_use) for a, b in pairwise(self.vertices)]
        )


def use_ceiling(programme: Programme, use: float) -> Constraint:
    """Return the constraint that the use of the resource is at most `use`: epsilon."""
    text = f"{programme.resource}: use at most {_plain(use)} {programme.resource_unit} (epsilon)"
    return Constraint(f"epsilon: {programme.resource}", "resource", text, programme.resource_use, use)


def value_floor(programme: Programme, value: float) -> Constraint:
    """Return the constraint that value added is at least `value`."""
    text = f"value added at least {_plain(value)} {programme.unit}"
    return Constraint("epsilon: value added", "lower", text, -programme.value_added, -value)


def _plain(value: float) -> str:
    """Write a number without a power of ten."""
    return f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:.6g}"


def ends(programme: Programme) -> tuple[Solution, Solution]:
    """Return the two ends of the front: each objective at its optimum, and the other as good as that allows.

    The second, lexicographic solve matters: the optimum of one objective alone may be held by many structures of which
    only one is efficient. A billionth of the actual value is left to it for rounding.

    Raises
    ------
    ConstraintError
        When the constraints clash or leave an objective without bound.
    """
    use, value = programme.actual_use, programme.actual_value
    least = maximise(programme, -programme.resource_use).resource_use
    low = maximise(programme, programme.value_added, [use_ceiling(programme, least + _SAME * use)])
    most = maximise(programme, programme.value_added).value_added
    high = maximise(programme, -programme.resource_use, [value_floor(programme, most - _SAME * value)])
    return _without_extra(low), _without_extra(high)


def trace_front(programme: Programme, n_points: int = 21) -> Front:
    """Trace the front: all its vertices, and `n_points` evenly spaced ceilings on the use of the resource.

    The front of a linear programme with two objectives is concave and made of straight pieces. Its vertices are found
    by the dichotomic search of Aneja and Nair (1979): maximise along the normal of the line between two known ones.

    Raises
    ------
    ConstraintError
        When the constraints clash or leave an objective without bound.
    """
    low, high = ends(programme)
    use, value = programme.actual_use, programme.actual_value
    extent = (high.resource_use - low.resource_use, high.value_added - low.value_added)
    if extent[0] <= 10 * _SAME * use or extent[1] <= 10 * _SAME * value:
        return Front((high,), (high,), np.zeros(1))
    vertices = (low, *_between(programme, low, high, extent), high)
    grid = np.linspace(low.resource_use, high.resource_use, n_points)
    points = [low]
    prices = []
    for ceiling in grid:
        found = maximise(programme, programme.value_added, [use_ceiling(programme, float(ceiling))])
        prices.append(float(found.prices[-1]))
        points.append(_without_extra(found))
    return Front(vertices, (low, *points[2:-1], high), np.array(prices))


def efficiency_gap(programme: Programme, solution: Solution) -> float:
    """Return how far a structure is from being efficient, as a share of the actual values: 0 for one on the front.

    A second solve, Benson's (1978): the most that value added can rise plus the most that use can fall, neither getting
    worse.
    """
    use, value = programme.actual_use, programme.actual_value
    better = maximise(
        programme,
        programme.value_added / value - programme.resource_use / use,
        [
            use_ceiling(programme, solution.resource_use + _SAME * use),
            value_floor(programme, solution.value_added - _SAME * value),
        ],
    )
    gain = (better.value_added - solution.value_added) / value + (solution.resource_use - better.resource_use) / use
    return float(max(gain, 0.0))


def weighted(programme: Programme, weight: float, extent: tuple[float, float]) -> Solution:
    """Maximise weight times value added less the rest times use, each over its extent on the front."""
    objective = weight * programme.value_added / extent[1] - (1 - weight) * programme.resource_use / extent[0]
    return maximise(programme, objective)


def _between(programme: Programme, low: Solution, high: Solution, extent: tuple[float, float]) -> tuple[Solution, ...]:
    """Return the vertices between two, from left to right."""
    across = (high.resource_use - low.resource_use) / extent[0]
    up = (high.value_added - low.value_added) / extent[1]
    # on the line across . value - up . use is constant: its normal
    objective = across * programme.value_added / extent[1] - up * programme.resource_use / extent[0]
    found = maximise(programme, objective)
    gain = float(objective @ (found.output - low.output))
    if gain <= _NEW:
        return ()
    return (*_between(programme, low, found, extent), found, *_between(programme, found, high, extent))


def _without_extra(solution: Solution) -> Solution:
    """Leave the price, slack and mark of the one extra row out."""
    return Solution(
        solution.output,
        solution.value_added,
        solution.resource_use,
        solution.prices[:-1],
        solution.slacks[:-1],
        solution.binding[:-1],
    )
