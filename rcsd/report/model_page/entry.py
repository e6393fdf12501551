"""What the page says of each variable, arranged from the model, its views and its loops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from rcsd.names import canonical
from rcsd.report.model_page.documentation import Documented, documented, stated_range
from rcsd.report.model_page.typesetting import Typesetter
from rcsd.simulation.ir import Definition, Model, Variable
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Number, Points, walk
from rcsd.simulation.passes.uses import PART, uses_of
from rcsd.simulation.views import NAMED, View

_MOST_NUMBERS = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address on the page that it leads to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownLoop:
    """A feedback loop: what it is called, "R" or "B" or what else is known of its sign, and its variables in order."""

    label: str
    polarity: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an equation: what it gives, and the equation as MathML, or plain text where it was not read."""

    label: str
    math: Markup
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable on the page.

    Attributes
    ----------
    anchor : str
        Its identifier.
    variable : Variable
        As the model has it.
    documented : Documented
        Its documentation, taken apart.
    range : str
        The range that the model states, or empty.
    lines : tuple of Line
        Its equation.
    tables : tuple of Points
        The tables that it holds.
    causes, uses : tuple of Link
        What its equation names, and whose equations name it.
    views : tuple of str
        Names of the views that show it.
    loops : tuple of Link
        The feedback loops that it stands in.
    """

    anchor: str
    variable: Variable
    documented: Documented
    range: str
    lines: tuple[Line, ...]
    tables: tuple[Points, ...]
    causes: tuple[Link, ...]
    uses: tuple[Link, ...]
    views: tuple[str, ...]
    loops: tuple[Link, ...]


def entries_of(model: Model, views: Sequence[View] = (), loops: Sequence[ShownLoop] = ()) -> tuple[Entry, ...]:
    """Arrange everything that is known of each variable, in the order of the file."""
    anchors = anchors_of(model.names)
    setter = Typesetter({canonical(name): (name, f"#{anchor}") for name, anchor in anchors.items()})
    uses = uses_of(model)
    pieces: dict[str, list[Definition]] = {canonical(name): [] for name in model.names}
    for definition in model.definitions:
        pieces.get(canonical(definition.name.partition(PART)[0]), []).append(definition)
    shown = _shown_in(views)
    in_loops = _in_loops(loops)

    def links(names: Sequence[str]) -> tuple[Link, ...]:
        return tuple(Link(name, f"#{anchors[name]}") for name in names)

    return tuple(
        Entry(
            anchor=anchors[each.name],
            variable=each,
            documented=documented(each.documentation),
            range=stated_range(each),
            lines=tuple(_lines(each, pieces[canonical(each.name)], setter)),
            tables=tuple(_tables(pieces[canonical(each.name)])),
            causes=links(uses.causes[each.name]),
            uses=links(uses.uses[each.name]),
            views=tuple(shown.get(canonical(each.name), ())),
            loops=tuple(in_loops.get(canonical(each.name), ())),
        )
        for each in model
    )


def loop_anchor(index: int) -> str:
    """Return the identifier of a loop on the page."""
    return f"loop-{index + 1}"


def anchors_of(names: Sequence[str]) -> dict[str, str]:
    """Give each variable an identifier that is made of its name, and its own."""
    taken: set[str] = set()
    anchors: dict[str, str] = {}
    for name in names:
        base = "v-" + (re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "variable")
        anchor, count = base, 1
        while anchor in taken:
            count += 1
            anchor = f"{base}-{count}"
        taken.add(anchor)
        anchors[name] = anchor
    return anchors


def _lines(variable: Variable, pieces: Sequence[Definition], setter: Typesetter) -> Iterator[Line]:
    if not pieces:
        yield Line("", Markup(""), variable.equation)
    of_all = len(pieces) == 1 and not pieces[0].exceptions  # its subscripts stand beside its name
    for piece in pieces:
        where = f"[{', '.join(piece.subscripts)}]" if piece.subscripts and not of_all else ""
        where += "".join(f" but [{', '.join(each)}]" for each in piece.exceptions)
        part = piece.name.partition(PART)[2]
        head = f"part {part} {where}".strip() if part else where
        content = piece.content
        if isinstance(content, np.ndarray):
            numbers = [f"{value:g}" for value in content.reshape(-1)[:_MOST_NUMBERS]]
            more = ", …" if content.size > _MOST_NUMBERS else ""
            yield Line(head, Markup(""), ", ".join(numbers) + more)
        elif isinstance(content, Expression):
            yield from _formulas(head, content, setter)


def _formulas(head: str, content: Expression, setter: Typesetter) -> Iterator[Line]:
    """Write a stock as its rate and its first value, anything else as it is."""
    match content:
        case Call("integ", (rate, initial, *rest)):
            yield Line(f"rate of change {head}".strip(), setter.equation(rate))
            yield Line(f"first value {head}".strip(), setter.equation(initial))
            if rest and rest[0] == Number(1.0):
                yield Line(f"limit {head}".strip(), Markup(""), "never below zero")
        case _:
            yield Line(head, setter.equation(content))


def _tables(pieces: Sequence[Definition]) -> Iterator[Points]:
    for piece in pieces:
        if isinstance(piece.content, Points):
            yield piece.content
        elif isinstance(piece.content, Expression):
            yield from (
                each.table
                for each in walk(piece.content)
                if isinstance(each, Lookup) and isinstance(each.table, Points)
            )


def _shown_in(views: Sequence[View]) -> Mapping[str, list[str]]:
    shown: dict[str, list[str]] = {}
    for view in views:
        for form in dict.fromkeys(canonical(each.name) for each in view.elements if each.kind in NAMED and each.name):
            shown.setdefault(form, []).append(view.name)
    return shown


def _in_loops(loops: Sequence[ShownLoop]) -> Mapping[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for index, loop in enumerate(loops):
        for name in dict.fromkeys(map(canonical, loop.variables)):
            found.setdefault(name, []).append(Link(loop.label, f"#{loop_anchor(index)}"))
    return found
