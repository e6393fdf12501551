"""A sketch -> views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rcsd.simulation.views.element import Element, Shape
from rcsd.simulation.views.link import Link
from rcsd.simulation.views.naming import Trouble
from rcsd.simulation.views.vensim.arrows import ARROW, Half, arrow_of, pipes_of
from rcsd.simulation.views.vensim.sheets import Sheet, sheets_of
from rcsd.simulation.views.vensim.words import COMMENT, PICTURES, VALVE, VARIABLE, element_of
from rcsd.simulation.views.view import View

_WORDS = {VARIABLE, VALVE, COMMENT, *PICTURES}


def vensim_views(text: str, is_stock: Callable[[str, Shape], bool]) -> tuple[tuple[View, ...], tuple[Trouble, ...]]:
    """Read the sketch of a .mdl file.

    Parameters
    ----------
    text : str
        The whole file.
    is_stock : callable
        Whether a variable of a name, drawn in a shape, is a stock.

    Returns
    -------
    (views, troubles)
        Without what cannot be read, which is told.
    """
    views, troubles = [], []
    for number, sheet in enumerate(sheets_of(text), 1):
        if sheet.version in ("V300", ""):
            view, some = _view(sheet, is_stock, f"View {number}")
            views.append(view)
            troubles += some
        else:
            why = f"a sketch of version {sheet.version or 'unknown'}; save the model with Vensim 3 or newer"
            troubles.append((sheet.line, why))
    return tuple(views), tuple(troubles)


def _view(sheet: Sheet, is_stock: Callable[[str, Shape], bool], name: str) -> tuple[View, list[Trouble]]:
    troubles = [(line, "is no object of a sketch") for line in sheet.unread]
    elements: dict[int, Element] = {}
    valve: int | None = None
    for row in (row for row in sheet.rows if row.type in _WORDS):
        try:
            element = element_of(row, sheet.ppi, is_stock)
        except ValueError as error:
            troubles.append((row.line, str(error)))
            continue
        if element.kind == "flow":
            element, valve = replace(element, valve=valve), None
        elif element.kind == "valve":
            valve = element.id
        elements[element.id] = element
    elements = _with_names_of_valves(elements)
    links: list[Link] = []
    halves: list[Half] = []
    for row in (row for row in sheet.rows if row.type == ARROW):
        try:
            read = arrow_of(row, elements)
        except ValueError as error:
            troubles.append((row.line, str(error)))
            continue
        if isinstance(read, Half):
            halves.append(read)
        else:
            links.append(read)
    view = View(
        sheet.name or name,
        tuple(elements.values()),
        tuple(links),
        pipes_of(halves, elements),
        style=sheet.style,
        arrows=sheet.arrows,
    )
    return view, troubles


def _with_names_of_valves(elements: dict[int, Element]) -> dict[int, Element]:
    names = {element.valve: element.name for element in elements.values() if element.valve is not None}
    return {id: replace(e, name=names[id]) if id in names else e for id, e in elements.items()}
