"""A model -> one page of HTML that needs no other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rcsd.names import canonical
from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.svg import svg_of
from rcsd.report.model_page.entry import Entry, Link, ShownLoop, entries_of, loop_anchor
from rcsd.report.model_page.sparkline import manner, sparkline
from rcsd.simulation.ir import Model
from rcsd.simulation.views import View

PLURALS = {
    "stock": "stocks",
    "flow": "flows",
    "auxiliary": "auxiliaries",
    "constant": "constants",
    "lookup": "tables",
    "data": "data variables",
}
"""Kinds of variables, in the order in which they are told, and how several of a kind are called."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The model live in the page.

    Attributes
    ----------
    words
        What is said of it.
    markup
        Its part of the page.
    title, about
        Of the page, in place of the model's own.
    """

    words: str
    markup: Markup
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class _Loop:
    anchor: str
    label: str
    polarity: str
    variables: tuple[Link, ...]


def model_page(
    model: Model,
    views: Sequence[View] = (),
    loops: Sequence[ShownLoop] = (),
    tried: Tried | None = None,
    *,
    up: str = "",
) -> str:
    """Write the page of a model.

    Parameters
    ----------
    model : Model
        As read.
    views : sequence of View
        Its diagrams; each is drawn, and a variable says which of them show it.
    loops : sequence of ShownLoop
        Its feedback loops, as far as they are known.
    tried : Tried, optional
        The model live, above all else.
    up : str
        Relative address of the study's page that it stands beside, or empty.
    """
    entries = entries_of(model, views, loops)
    titles = {canonical(each.variable.name): _title(each) for each in entries}
    addresses = {canonical(each.variable.name): Link(each.variable.name, f"#{each.anchor}") for each in entries}
    template = _environment().get_template("model.html.j2")
    return template.render(
        title=(tried.title if tried is not None else "") or model.name.replace("_", " "),
        lead=_lead(model),
        up=up,
        tried=tried,
        # the drawing escapes what the file says
        pictures=[_Sheet(each.name, Markup(svg_of(picture_of(each, titles)))) for each in views],
        loops=[_shown(i, loop, addresses) for i, loop in enumerate(loops)],
        kinds=[kind for kind in PLURALS if any(each.kind == kind for each in model)],
        view_names=[view.name for view in views],
        entries=entries,
    )


def _title(entry: Entry) -> str:
    unit = f" [{entry.variable.unit}]" if entry.variable.unit else ""
    meaning = f"\n{entry.documented.meaning}" if entry.documented.meaning else ""
    return f"{entry.variable.name}{unit}{meaning}"


def _lead(model: Model) -> str:
    """Say in one sentence what the model is made of and when it runs."""
    counts: Counter[str] = Counter(variable.kind for variable in model)
    parts = [f"{counts[k]} {words if counts[k] > 1 else k}" for k, words in PLURALS.items() if counts[k]]
    axis = model.time
    unit = f" ({axis.unit})" if axis.unit else ""
    made = ", ".join(parts)
    return (
        f"{model.path.name}: {made}. It runs from {axis.start:g} to {axis.stop:g}{unit} in steps of {axis.step:g}, "
        f"by {_METHODS[axis.method]}."
    )


_METHODS = {
    "euler": "Euler's method",
    "rk2": "Runge and Kutta's second-order method",
    "rk4": "Runge and Kutta's method",
}


def _shown(index: int, loop: ShownLoop, addresses: dict[str, Link]) -> _Loop:
    links = tuple(addresses[form] for name in loop.variables if (form := canonical(name)) in addresses)
    return _Loop(loop_anchor(index), loop.label, loop.polarity, links)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("rcsd.report.model_page", "templates"),
                PackageLoader("rcsd.report", "templates"),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"sparkline": sparkline, "manner": manner, "canonical": canonical}
    return environment
