"""Whether two equations that are written otherwise give the same values, tried at many points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.engine.interpreter import evaluate
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import (
    Expression,
    Joined,
    Lookup,
    Name,
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
    """Try the equations of a variable in two models at the same points, drawn over eight decades and both signs.

    False where they differ at a point, read other variables, or hold what has no value at a point: a table, a delay.
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
    values = {
        key: np.where(rng.random(_POINTS) < 0.5, -1, 1) * 10 ** rng.uniform(-4, 4, _POINTS)  # noqa: PLR2004 - half
        for key in names.values()
    }
    try:
        x, y = (np.broadcast_to(evaluate(each, values), (_POINTS,)) if values else evaluate(each, {}) for each in both)
    except (LookupError, TypeError, ValueError):
        return False
    return bool(np.allclose(x, y, rtol=_TOLERANCE, atol=0.0, equal_nan=True))


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
