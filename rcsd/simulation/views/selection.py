"""A part of a diagram: without some variables, or one variable with its causes and uses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS, Model, Variable
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Points, names_in
from rcsd.simulation.views.element import Element, Kind
from rcsd.simulation.views.geometry import Point
from rcsd.simulation.views.label import BESIDE, SIZE
from rcsd.simulation.views.link import Link
from rcsd.simulation.views.text import LINE, broken, text_width
from rcsd.simulation.views.view import View

_ROW = 46.0
_COLUMN = 250.0
_PADDING = 12.0
_STOCK = (104.0, 40.0)


def without(view: View, names: Collection[str]) -> View:
    """Return a view without some variables, and without the arrows at them.

    Parameters
    ----------
    view : View
        The sheet.
    names : collection of str
        Variables; their shadows go as well. The valve of a flow stays with its pipe.
    """
    gone = {canonical(name) for name in names}
    left_out = {e.id for e in view.elements if e.kind != "valve" and view.variable(e) in gone}
    return replace(
        view,
        elements=tuple(element for element in view.elements if element.id not in left_out),
        links=tuple(link for link in view.links if not {link.source, link.target} & left_out),
    )


def around(model: Model, variable: str) -> View:
    """Return a sheet with a variable in the middle, its causes on the left and its uses on the right.

    Parameters
    ----------
    model : Model
        The model.
    variable : str
        Its name. A variable that is cause and use stands on both sides, on the right as a shadow.

    Raises
    ------
    ParameterError
        When the model has no such variable.
    """
    middle = model[variable]
    key = canonical(middle.name)
    causes = [(model[name], initial) for name, initial in causes_of(model, middle.name)]
    uses = [(other, initial) for other in model for name, initial in causes_of(model, other.name) if name == key]
    elements = [_element(1, middle, Point(0.0, 0.0), shadow=False)]
    links = []
    shown = {key}
    for side, others in ((-1, causes), (1, uses)):
        for (other, initial), y in zip(others, _rows(len(others)), strict=True):
            id, known = len(elements) + 1, canonical(other.name) in shown
            elements.append(_element(id, other, Point(side * _COLUMN, y), shadow=known))
            shown.add(canonical(other.name))
            ends = (id, 1) if side < 0 else (1, id)
            links.append(Link(*ends, initial=initial))
    return View(f"Causes and uses of {middle.name}", tuple(elements), tuple(links))


def causes_of(model: Model, variable: str) -> tuple[tuple[str, bool], ...]:
    """Return the variables in the equations of one, in canonical form, and whether each only sets its initial value."""
    found: dict[str, bool] = {}
    key = canonical(variable)
    for definition in model.definitions:
        if canonical(definition.name) == key:
            for name, initial in _names(definition):
                if name in model and name not in CONTROLS and name != key:
                    found[name] = found.get(name, True) and initial
    return tuple(found.items())


def _names(definition: Definition) -> Iterator[tuple[str, bool]]:
    """Give the names in an equation; those in a stock's second argument only set its initial value."""
    content = definition.content
    if isinstance(content, Call) and content.function == "integ":
        for place, argument in enumerate(content.arguments):
            yield from ((canonical(name.name), place > 0) for name in names_in(argument))
    elif content is not None and not isinstance(content, Points | np.ndarray):
        yield from ((canonical(name.name), False) for name in names_in(content))


def _rows(count: int) -> Sequence[float]:
    return [(k - (count - 1) / 2) * _ROW for k in range(count)]


def _element(id: int, variable: Variable, centre: Point, *, shadow: bool) -> Element:
    lines = broken(variable.name, BESIDE, SIZE)
    width = max(text_width(line, SIZE) for line in lines) + _PADDING
    if variable.kind == "stock" and not shadow:
        wide, high = max(_STOCK[0], width), max(_STOCK[1], len(lines) * SIZE * LINE + _PADDING)
        return Element(id, "stock", centre, wide, high, variable.name, shape="box")
    kind: Kind = "shadow" if shadow else "auxiliary"
    return Element(id, kind, centre, width + _PADDING, len(lines) * SIZE * LINE, variable.name)
