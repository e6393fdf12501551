"""The paper's one point: both objectives normalised and weighted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.papers.structure.optimum.front import Front, use_ceiling, value_floor
from rcsd.papers.structure.optimum.programme import Programme
from rcsd.papers.structure.optimum.solving import Solution, maximise

_TIE = 1e-9
_ROUNDING = 2e-9
"""Freedom of both objectives, as a share of the actual values, in which other structures are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Compromise:
    """The vertex of the front that a weighted sum picks.

    A weighted sum of linear objectives has its optimum at a vertex: it never reaches the inside of a piece of the
    front, and a small change of the weight moves it not at all, or by a whole piece.

    Attributes
    ----------
    solution : Solution
        The structure.
    vertex : int
        Its place among the front's vertices.
    weight : float
        Of value added; the resource has the rest.
    scores : (float, float)
        Value added and use of the resource, normalised: 0 at the worse end of the front and 1 at the better one.
    weights : (float, float)
        Between these weights the same vertex is picked.
    shares : tuple of (float, float)
        By region, the least and most share of the resource industry in value added among all structures with the same
        value added and the same use: one number twice where the structure is unique.
    """

    solution: Solution
    vertex: int
    weight: float
    scores: tuple[float, float]
    weights: tuple[float, float]
    shares: tuple[tuple[float, float], ...]

    @property
    def tied(self) -> bool:
        """Whether the weights pick a whole piece of the front, of which this is the end with more value added."""
        return min(abs(self.weight - end) for end in self.weights) <= _TIE and 0 < self.weight < 1


def compromise(programme: Programme, front: Front, weight: float = 0.5) -> Compromise:
    """Pick the vertex that the weighted, normalised objectives prefer (Peng and Ji, section 1.3: 0.5 each).

    Each objective is normalised to its range on the front, between the ends of the pay-off table. The paper asks for a
    dimensionless treatment and does not say which.

    Parameters
    ----------
    programme : Programme
        Whose front it is.
    front : Front
        From `trace_front`.
    weight : float
        Of value added, 0 to 1.
    """
    scores = np.array([_scores(front, solution) for solution in front.vertices])
    total = weight * scores[:, 0] + (1 - weight) * scores[:, 1]
    vertex = int(np.flatnonzero(total >= total.max() - _TIE)[-1])
    solution = front.vertices[vertex]
    return Compromise(
        solution=solution,
        vertex=vertex,
        weight=weight,
        scores=(float(scores[vertex, 0]), float(scores[vertex, 1])),
        weights=_weights(scores, vertex),
        shares=tuple(_share_range(programme, solution, region) for region in programme.regions),
    )


def _scores(front: Front, solution: Solution) -> tuple[float, float]:
    low, high = front.least_use, front.most_value
    if len(front.vertices) == 1:
        return 1.0, 1.0
    return (
        (solution.value_added - low.value_added) / (high.value_added - low.value_added),
        (high.resource_use - solution.resource_use) / (high.resource_use - low.resource_use),
    )


def _weights(scores: np.ndarray, vertex: int) -> tuple[float, float]:
    """Return the weights at which the neighbours on both sides become as good."""

    def even(a: int, b: int) -> float:
        gain, loss = scores[b, 0] - scores[a, 0], scores[a, 1] - scores[b, 1]
        return float(loss / (gain + loss))

    last = len(scores) - 1
    return (even(vertex - 1, vertex) if vertex > 0 else 0.0, even(vertex, vertex + 1) if vertex < last else 1.0)


def _share_range(programme: Programme, solution: Solution, region: str) -> tuple[float, float]:
    """Return the least and most share of the resource industry among structures that are as good."""
    inside = programme.within(region)
    own = programme.value_added * (programme.is_resource() & inside)
    value, use = programme.actual_value, programme.actual_use
    fixed = [
        use_ceiling(programme, solution.resource_use + _ROUNDING * use),
        value_floor(programme, solution.value_added - _ROUNDING * value),
    ]
    total = programme.value_added * inside
    share = float(own @ solution.output / (total @ solution.output))
    # own . X - share total . X is zero here; its range tells how far the share can move
    objective = own - share * total
    ends = [share]
    for turn in (-1.0, 1.0):
        found = maximise(programme, turn * objective, fixed).output
        ends.append(float(own @ found / (total @ found)))
    return min(ends), max(ends)
