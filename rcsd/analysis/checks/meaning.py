"""Whether two equations that are written otherwise give the same values, tried at many points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from rcsd.names import canonical
from rcsd.simulation.engine.interpreter import evaluate
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import (
    Call,
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


Inlined = Mapping[str, Definition]
"""By name in canonical form, the equations that stand in the place of their variables."""


def inlined(model: Model, names: Iterable[str]) -> Inlined:
    """Return those variables of a model whose one equation has a value at a point: no stocks, tables or delays."""
    wanted = {canonical(name) for name in names}
    pieces = [each for each in model.definitions if canonical(each.name) in wanted]
    forms = [canonical(each.name) for each in pieces]
    return {
        form: each
        for form, each in zip(forms, pieces, strict=True)
        if forms.count(form) == 1 and not each.exceptions and _at_a_point(each.content) and not _rate(each.content)
    }


def mean_the_same(
    one: Model, other: Model, name: str, there: str, inlined_in: tuple[Inlined, Inlined] = ({}, {})
) -> bool:
    """Try the equations of a variable in two models at the same points: over eight decades, and at their numbers.

    False where they differ at a point, read other variables, are numbers nowhere, or hold what has no value at a point:
    a table, a delay. Of a stock, rate and initial value are tried each.

    Parameters
    ----------
    one, other : Model
        As read.
    name, there : str
        What the variable is called in each.
    inlined_in : tuple of mapping
        Of each model, variables in whose place their equations are put, by `inlined`.
    """
    pairs = list(zip_longest(_equations(one, name, inlined_in[0]), _equations(other, there, inlined_in[1])))
    rng = np.random.default_rng(_SEED)
    return bool(pairs) and all(_alike(a, b, one.time.step, rng) for a, b in pairs)


def _equations(model: Model, name: str, instead: Inlined) -> Iterator[Expression | None]:
    """Yield the equations of a variable, those of a stock apart; None for one that has no value at a point."""
    form = canonical(name)
    for each in model.definitions:
        if canonical(each.name) == form:
            content = each.content
            parts = _rate(content) or ((content,) if isinstance(content, Expression) else (None,))
            for part in parts:
                yield _written_out(part, instead) if part is not None and not _is_opaque(part) else None


def _rate(content: object) -> tuple[Expression, ...]:
    """Return net flow and initial value of a stock; nothing for anything else."""
    return content.arguments if isinstance(content, Call) and content.function == "integ" else ()


def _at_a_point(content: object) -> bool:
    return isinstance(content, Expression) and not _is_opaque(content)


def _written_out(expression: Expression, instead: Inlined) -> Expression:
    """Put equations in the place of variables; none within itself, should it name itself."""
    if isinstance(expression, Name):
        found = instead.get(canonical(expression.name))
        subscripts = tuple(map(canonical, expression.subscripts))
        if found is not None and subscripts == tuple(map(canonical, found.subscripts)):
            left = {form: each for form, each in instead.items() if each is not found}
            return _written_out(found.content, left) if isinstance(found.content, Expression) else expression
        return expression
    return with_children(expression, lambda child: _written_out(child, instead))


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
