"""Views for a model that has none."""

from __future__ import annotations

from collections.abc import Collection

from rcsd.names import canonical
from rcsd.simulation.ir import Model
from rcsd.simulation.layout.arranging import arranged
from rcsd.simulation.layout.bending import bent
from rcsd.simulation.layout.graph import Graph, graph_of
from rcsd.simulation.layout.notation import in_stella
from rcsd.simulation.layout.page import page_of
from rcsd.simulation.layout.paging import pages_of
from rcsd.simulation.layout.view import view_of
from rcsd.simulation.views import Notation, View


def lay_out(
    model: Model, variables: Collection[str] | None = None, *, notation: Notation | None = None
) -> tuple[View, ...]:
    """Lay a model out: one view, or several of some forty variables.

    Stocks and their flows stand in rows, constants beside what they act on, and a variable that an arrow would have to
    cross the sheet for stands there a second time, as a shadow. No two names overlap. The same model gives the same
    views.

    Parameters
    ----------
    model : Model
        The model.
    variables : collection of str, optional
        The variables to draw, on one view and with the arrows among them; all of them if None.
    notation : {"vensim", "stella"}, optional
        How they are drawn; that of the file's format if None.

    Returns
    -------
    tuple of View
        None if the model has no variables but its clock.

    Raises
    ------
    ModelError
        If it has no variable of a name.
    """
    notation = notation or ("stella" if model.format == "xmile" else "vensim")
    graph = graph_of(model)
    if variables is not None:
        graph = graph.among(_named(model, graph, variables))
    pages = [list(graph.kinds)] if variables is not None else pages_of(graph)
    names = _titles(graph, pages, model.name)
    return tuple(_view(graph, name, page, notation) for name, page in zip(names, pages, strict=True) if page)


def _view(graph: Graph, name: str, variables: list[str], notation: Notation) -> View:
    sheet, origins = arranged(page_of(graph, name, variables))
    stocks = [each for each, kind in graph.kinds.items() if kind == "stock"]
    view = bent(view_of(sheet, origins, name), stocks)
    return view if notation == "vensim" else in_stella(view, stocks)


def _named(model: Model, graph: Graph, variables: Collection[str]) -> set[str]:
    """Spell names as the model does.

    Raises
    ------
    ModelError
        For one that it does not have.
    """
    spelt = {canonical(name): name for name in graph.kinds}
    return {spelt.get(canonical(name)) or model[name].name for name in variables} & graph.kinds.keys()


def _titles(graph: Graph, pages: list[list[str]], whole: str) -> list[str]:
    """Name each page after its first stock, or its variable with the most arrows; a single one after the model."""
    if len(pages) == 1:
        return [whole]
    uses = graph.uses
    titles: list[str] = []
    for page in pages:
        stocks = [name for name in page if graph.kinds[name] == "stock"]
        busiest = max(page, key=lambda name: len(uses[name]) + len(graph.causes[name]))
        titles.append(stocks[0] if stocks else busiest)
    return titles
