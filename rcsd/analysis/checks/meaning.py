"""Whether two equations that are written otherwise give the same values, tried at many points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rcsd.names import canonical
from rcsd.simulation.engine.interpreter import evaluate
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import (
    Expression,
    Joined,
    Lookup,
    Name,
    Number,
    Random,
    Reduction,
    Repeated,
    Time,
    walk,
    with_children,
)
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.lower import lower

_POINTS, _SEED = 512, 20002
_TOLERANCE = 1e-12
_OPAQUE = (Joined, Lookup, Random, Reduction, Repeated)
"""What has no value at a point."""


def mean_the_same(one: Model, other: Model, name: str, there: str) -> bool:
    """Try the equations of a variable in two models at the same points: over eight decades, and at their numbers.

    False where they differ at a point, read other variables, are numbers nowhere, or hold what has no value at a point:
    a table, a delay.
    """
    pairs = list(zip(_equations(one, name), _equations(other, there), strict=False))
    if not pairs or len(pairs) != len(list(_equations(other, there))):
        return False
    rng = np.random.default_rng(_SEED)
    return all(_alike(a, b, one.time.step, rng) for a, b in pairs)


def _equations(model: Model, name: str) -> Iterator[Expression | None]:
    """Yield the equations of a variable; None for one that has no value at a point."""
    form = canonical(name)
    for each in model.definitions:
        if canonical(each.name) == form:
            content = each.content
            yield content if isinstance(content, Expression) and not _is_opaque(content) else None


def _is_opaque(expression: Expression) -> bool:
    return any(isinstance(node, _OPAQUE) for node in walk(expression))


def _alike(a: Expression | None, b: Expression | None, step: float, rng: np.random.Generator) -> bool:
    """Whether two equations have the same values, or are no numbers, at the same points."""
    if a is None or b is None:
        return False
    names: dict[str, str] = {}
    try:
        both = [lower(_bare(each, names), step) for each in (a, b)]
    except (Unsound, LookupError, ValueError):
        return False
    if any(_is_opaque(each) for each in both):
        return False
    edges = _edges(*both)
    values = {key: _drawn(edges, rng) for key in names.values()}
    try:
        x, y = (np.broadcast_to(evaluate(each, values), (_POINTS,)) if values else evaluate(each, {}) for each in both)
    except (LookupError, TypeError, ValueError):
        return False
    tells = np.isfinite(x).any() or not values
    return bool(tells and np.allclose(x, y, rtol=_TOLERANCE, atol=0.0, equal_nan=True))


def _edges(*expressions: Expression) -> NDArray[np.float64]:
    """Return the numbers in equations and the middles between them: limits that differ part the values there."""
    found = {node.value for each in expressions for node in walk(each) if isinstance(node, Number)}
    numbers = np.array(sorted(value for value in found if np.isfinite(value)) or [0.0])
    return np.concatenate([numbers, (numbers[1:] + numbers[:-1]) / 2])


def _drawn(edges: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw points over eight decades and both signs, and as many at the edges."""
    wide = rng.choice([-1.0, 1.0], _POINTS) * 10 ** rng.uniform(-4, 4, _POINTS)
    return np.where(rng.random(_POINTS) < 0.5, wide, rng.choice(edges, _POINTS))  # noqa: PLR2004 - half


def _bare(expression: Expression, names: dict[str, str]) -> Expression:
    """Give every variable, with its subscripts, and the time a plain name, the same for both equations."""
    match expression:
        case Time():
            return Name(names.setdefault("<time>", f"x{len(names)}"))
        case Name(name, subscripts):
            key = f"{canonical(name)}[{','.join(map(canonical, subscripts))}]"
            return Name(names.setdefault(key, f"x{len(names)}"))
        case _:
            return with_children(expression, lambda child: _bare(child, names))
