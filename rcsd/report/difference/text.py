"""One model as text of a fixed form: what version control compares line by line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.analysis.difference.structure.spelling import formula
from rcsd.names import canonical
from rcsd.simulation.ir import Definition, Model, Variable
from rcsd.simulation.ir.expression import Points
from rcsd.simulation.ir.file.limits import limits_of


def model_text(model: Model) -> str:
    """Write a model a property per line, its variables in the order of their names.

    The layout of the file, the order of its equations and its format leave no trace, so that a difference of two such
    texts is a difference of the models.
    """
    return "\n".join([*_time(model), *_ranges(model), *_variables(model)])


def _time(model: Model) -> Iterator[str]:
    axis = model.time
    yield "time axis"
    yield f"  from {axis.start:.12g} to {axis.stop:.12g} {axis.unit}".rstrip()
    yield f"  step {axis.step:.12g}, saved every {axis.save_step:.12g}"
    yield f"  method {axis.method}"


def _ranges(model: Model) -> Iterator[str]:
    for name in sorted(model.ranges.elements, key=canonical):
        yield ""
        yield f"subscripts {_spelt(name)}"
        yield f"  {', '.join(map(_spelt, model.ranges.elements[name]))}"


def _variables(model: Model) -> Iterator[str]:
    pieces: dict[str, list[Definition]] = {}
    for definition in model.definitions:
        pieces.setdefault(canonical(definition.name.partition("#part")[0]), []).append(definition)
    for variable in sorted(model, key=lambda each: canonical(each.name)):
        yield ""
        yield _spelt(variable.name)
        yield f"  kind: {'auxiliary' if variable.kind == 'flow' else variable.kind}"
        if variable.unit:
            yield f"  unit: {variable.unit}"
        if limits := limits_of(variable):
            yield f"  range: {limits[0]:g} to {limits[1]:g}"
        if variable.documentation:
            yield f"  documentation: {' '.join(variable.documentation.split())}"
        yield from (f"  {line}" for line in _definitions(variable, pieces.get(canonical(variable.name), [])))


def _definitions(variable: Variable, pieces: list[Definition]) -> Iterator[str]:
    if not pieces:
        yield f"equation: {' '.join(variable.equation.split())}"
    for piece in pieces:
        left = f"[{', '.join(map(_spelt, piece.subscripts))}]" if piece.subscripts else ""
        but = "".join(f" except [{', '.join(map(_spelt, each))}]" for each in piece.exceptions)
        part = piece.name.partition("#part")[2]
        head = f"{f'part {part} of the equation' if part else 'equation'}{left}{but}:"
        content = piece.content
        if content is None:
            yield f"{head} data from outside"
        elif isinstance(content, Points):
            yield f"{head} a table, {content.between} between its points, {content.beyond} beyond"
            yield from (f"  {x:.12g}: {y:.12g}" for x, y in zip(content.x, content.y, strict=True))
        elif isinstance(content, np.ndarray):
            yield f"{head} {', '.join(f'{value:.12g}' for value in content.reshape(-1))}"
        else:
            yield f"{head} {formula(content)}"


def _spelt(name: str) -> str:
    """Write a name with blanks, as both formats mean it."""
    return " ".join(name.replace("_", " ").split())
